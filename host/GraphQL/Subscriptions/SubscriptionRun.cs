using System.Runtime.CompilerServices;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Subscriptions;

/// <summary>
/// One subscription, from its source stream to its response stream (specification 6.2.3). Every event is an execution
/// of its own: with its errors, its loaders, its services, its time limit, and the policy asked anew, so that whoever
/// lost a permission gets no further event.
/// </summary>
internal sealed class SubscriptionRun(RequestExecutor owner, GraphQLRequest request, PreparedRequest prepared)
{
    private readonly Selection selection = prepared.Plan.Root.Selections[0];

    /// <summary>A result per event. What cannot be opened, or breaks off, has one last result, which failed.</summary>
    public async IAsyncEnumerable<ExecutionResult> ReadAsync([EnumeratorCancellation] CancellationToken caller)
    {
        using var lifetime = CancellationTokenSource.CreateLinkedTokenSource(caller);
        var opened = await TryAsync(() => OpenAsync(lifetime), caller).ConfigureAwait(false);
        if (opened.Failure is not null) yield return opened.Failure;
        if (opened.Value is not { } source) yield break;

        await using var disposed = source.ConfigureAwait(false);
        var events = new EventReader(source, lifetime.Token);
        try
        {
            while (true)
            {
                var next = await TryAsync(events.ReadAsync, caller).ConfigureAwait(false);
                if (next.Failure is null && next.Value is null) break;

                var (result, isLast) = next.Failure is null
                    ? await AnswerAsync(next.Value!, lifetime.Token).ConfigureAwait(false)
                    : (next.Failure, true);
                if (caller.IsCancellationRequested) result.Dispose();
                else yield return result;
                if (isLast || caller.IsCancellationRequested) break;
            }
        }
        finally
        {
            await lifetime.CancelAsync().ConfigureAwait(false);
            await events.CloseAsync().ConfigureAwait(false);
        }
    }

    // An exception is the subscription's error, or nothing when the caller is gone.
    private async ValueTask<(T? Value, ExecutionResult? Failure)> TryAsync<T>(
        Func<ValueTask<T?>> attempt, CancellationToken caller)
    {
        try
        {
            return (await attempt().ConfigureAwait(false), null);
        }
        catch (Exception thrown)
        {
            return (default, caller.IsCancellationRequested ? null : Failed(thrown));
        }
    }

    private async ValueTask<ISourceStream?> OpenAsync(CancellationTokenSource lifetime)
    {
        if (!await MayAsync(request, lifetime.Token).ConfigureAwait(false))
        {
            throw new GraphQLException(new FieldAuthorizer(request, default).Refusal());
        }

        if (selection.Field.Subscribe is not { } subscribe)
        {
            throw new GraphQLException(
                $"{selection.Field.Coordinate} has no source of events.", "SUBSCRIPTION_WITHOUT_SOURCE");
        }

        var context = new Executor(owner, new Pump(), new ResponseLayout(0), new FieldErrors(owner.Options))
            .ContextOfSource(RequestState.BeginSource(owner, request, lifetime.Token), selection, prepared.Variables);
        var opening = subscribe(context).AsTask();
        try
        {
            return await opening.WaitAsync(owner.Options.ExecutionTimeout, lifetime.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // It may still open, and nobody will read it then.
            _ = DisposeLateAsync(opening);
            await lifetime.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<(ExecutionResult Result, bool IsLast)> AnswerAsync(object value, CancellationToken ct)
    {
        try
        {
            await using var scope = await request.ScopeAsync(ct).ConfigureAwait(false);
            var ofEvent = request with { RootValue = value, Services = scope.Services };
            if (!await MayAsync(ofEvent, ct).ConfigureAwait(false))
            {
                return (Failed(new GraphQLException(new FieldAuthorizer(ofEvent, ct).Refusal())), true);
            }

            var result = await owner.RunForEvent(prepared, ofEvent, ct).ConfigureAwait(false);
            result.IsOfEvent = true;
            return (result, false);
        }
        catch (Exception thrown)
        {
            return (Failed(thrown), true);
        }
    }

    private async ValueTask<bool> MayAsync(GraphQLRequest asked, CancellationToken ct) =>
        selection.Field.Policy is null
        || await new FieldAuthorizer(asked, ct).DecideAsync(selection.Field).ConfigureAwait(false);

    private ExecutionResult Failed(Exception thrown)
    {
        var errors = new FieldErrors(owner.Options);
        errors.Add(selection, [selection.ResponseName], thrown is TimeoutException ? Late() : thrown);
        var failed = new ExecutionResult(RequestErrorKind.Subscription, errors.Take());
        GraphQLTelemetry.Record(failed, prepared.Operation);
        return failed;
    }

    private GraphQLException Late() => new(RequestOverException.Late(
        "The subscription could not be opened within",
        owner.Options.ExecutionTimeout,
        owner.Options.ExecutionTimeout));

    private static async Task DisposeLateAsync(Task<ISourceStream> opening)
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully) await opening.Result.DisposeAsync().ConfigureAwait(false);
    }
}
