namespace K12Hub.EventStore;

internal sealed class EventStream<TAggregate>(PendingStream pending, Action<object> checkMapped)
    : IEventStream<TAggregate>
    where TAggregate : class
{
    public Guid Id => pending.Id;

    public TAggregate? Aggregate => (TAggregate?)pending.State;

    public TAggregate? State => Aggregate ?? (TAggregate?)pending.Aggregate!.Initial?.Invoke(Id);

    public string Kind => pending.Aggregate!.Kind;

    public int CurrentVersion => pending.ExpectedVersion;

    public void AppendOne(object happened)
    {
        checkMapped(happened);
        pending.Happened.Add(happened);
    }

    public void AppendMany(params IEnumerable<object> happened)
    {
        foreach (var one in happened)
        {
            AppendOne(one);
        }
    }
}
