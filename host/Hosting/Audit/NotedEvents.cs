using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Which stored events matter to whoever watches over a district, and what of them is written into the audit
/// trail.</summary>
internal sealed class NotedEvents
{
    private readonly Dictionary<Type, Func<object, object?>> words = [];

    public void Add<TEvent>(Func<TEvent, object?> what)
        where TEvent : class => words.Add(typeof(TEvent), happened => what((TEvent)happened));

    /// <summary>The names they are stored under.</summary>
    public IReadOnlyList<string> NamesIn(EventMap events) =>
        [.. events.Types.Where(type => words.ContainsKey(type.ClrType)).Select(type => type.Name)];

    /// <summary>What is to be said of an event; null for nothing but that it happened.</summary>
    public object? Of(object happened) => words[happened.GetType()](happened);
}
