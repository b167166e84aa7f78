using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Execution;

/// <summary>What the resolvers of one request share. Never used again for another request, so that a resolver which
/// outlives its request cannot see someone else's.</summary>
internal sealed class RequestState : IDisposable
{
    private readonly Pump? pump;
    private readonly RequestExecutor executor;
    private readonly CancellationToken cancellation;
    private readonly Lock gate = new();
    private readonly long deadline;
    private CancellationTokenSource? source;
    private DataLoaderScope? loaders;
    private FieldAuthorizer? authorizer;
    private IAnswerLog? answerLog;

    private RequestState(RequestExecutor executor, GraphQLRequest request, Pump? pump, CancellationToken cancellation)
    {
        this.executor = executor;
        this.pump = pump;
        this.cancellation = cancellation;
        deadline = Environment.TickCount64 + (long)executor.Options.ExecutionTimeout.TotalMilliseconds;
        Request = request;
    }

    public static RequestState Begin(
        RequestExecutor executor, GraphQLRequest request, Pump pump, CancellationToken cancellation) =>
        new(executor, request, pump, cancellation);

    /// <summary>For the source of a subscription, which lives as long as the caller listens, and loads
    /// nothing.</summary>
    public static RequestState BeginSource(
        RequestExecutor executor, GraphQLRequest request, CancellationToken cancellation) =>
        new(executor, request, pump: null, cancellation);

    public GraphQLRequest Request { get; }

    /// <summary>Ends with the caller or when the time is up; made when somebody asks, since many requests need
    /// none.</summary>
    public CancellationToken Aborted
    {
        get
        {
            if (pump is null) return cancellation;
            if (source is not null) return source.Token;
            lock (gate)
            {
                if (source is not null) return source.Token;
                var created = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                created.CancelAfter(executor.Options.ExecutionTimeout);
                return (source = created).Token;
            }
        }
    }

    /// <summary>True when the caller went away or the time is up.</summary>
    public bool IsOver => cancellation.IsCancellationRequested
        || source is { IsCancellationRequested: true }
        || Environment.TickCount64 >= deadline;

    /// <summary>How long the request has taken.</summary>
    public TimeSpan Taken =>
        executor.Options.ExecutionTimeout + TimeSpan.FromMilliseconds(Environment.TickCount64 - deadline);

    /// <summary>True when it was the caller who went away, not the time.</summary>
    public bool CallerIsGone => cancellation.IsCancellationRequested;

    public DataLoaderScope Loaders
    {
        get
        {
            if (pump is null)
            {
                throw new InvalidOperationException("The source of a subscription has no loaders; use them in fields.");
            }

            var aborted = Aborted;
            lock (gate)
            {
                return loaders ??= new DataLoaderScope(Request.Services, executor.DataLoaders, pump, aborted);
            }
        }
    }

    public FieldAuthorizer Authorizer => authorizer ??= new FieldAuthorizer(Request, Aborted);

    /// <summary>Who is told of the objects that are watched.</summary>
    /// <exception cref="InvalidOperationException">Nobody is: then they are not answered.</exception>
    public IAnswerLog AnswerLog => answerLog ??= Request.Services.GetService(typeof(IAnswerLog)) as IAnswerLog
        ?? throw new InvalidOperationException($"Answers are watched, and no {nameof(IAnswerLog)} is registered.");

    /// <summary>True while a batch has not come back; the pump must not serve another request then.</summary>
    public bool IsLoading => loaders?.IsWaiting == true;

    /// <exception cref="RequestOverException">There is nobody to answer any more.</exception>
    public void ThrowIfOver()
    {
        if (IsOver) throw new RequestOverException();
    }

    /// <summary>Between two mutations: what was loaded before the first is old.</summary>
    public void RenewLoaders() => loaders?.Renew();

    /// <summary>Ends with work still going on: tells it to stop, and disposes nothing it may be using.</summary>
    public void Abandon()
    {
        loaders?.Close();
        _ = source?.CancelAsync();
    }

    public void Dispose()
    {
        loaders?.Close();
        source?.Dispose();
    }
}
