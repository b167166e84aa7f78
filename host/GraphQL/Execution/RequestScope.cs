namespace K12Hub.GraphQL.Execution;

/// <summary>The services of one execution within a longer request, such as that of one event.</summary>
/// <param name="Services">Where resolvers get their services.</param>
/// <param name="Lifetime">Disposed when the execution has ended; null when there is nothing to dispose.</param>
public readonly record struct RequestScope(IServiceProvider Services, IAsyncDisposable? Lifetime) : IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Lifetime?.DisposeAsync() ?? ValueTask.CompletedTask;
}
