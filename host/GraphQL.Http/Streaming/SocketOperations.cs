using System.Collections.Concurrent;
using System.Security.Claims;
using K12Hub.GraphQL.Execution;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>The operations that run on one socket, by the ids the client gave them.</summary>
internal sealed class SocketOperations(
    SocketConnection connection,
    IRequestExecutor executor,
    StreamScopes scopes,
    GraphQLHttpOptions options,
    Action<Exception> report)
{
    private readonly ConcurrentDictionary<string, Operation> live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Operation, TaskCompletionSource> running = new();

    /// <summary>Starts what a subscribe message asks for.</summary>
    /// <exception cref="SocketViolationException">The message is no request, or its id is in use.</exception>
    public async ValueTask StartAsync(SocketMessage message, ClaimsPrincipal user, HttpContext http)
    {
        var parameters = message.ReadParameters(options.MaxJsonDepth);
        var operation = new Operation(message.Id, connection.Closed);
        if (!live.TryAdd(message.Id, operation))
        {
            operation.Dispose();
            throw new SocketViolationException(
                CloseCode.SubscriberAlreadyExists, $"Subscriber for {message.Id} already exists");
        }

        if (running.Count >= options.Streams.MaxOperationsPerSocket)
        {
            await RefuseAsync(operation).ConfigureAwait(false);
            operation.Dispose();
            return;
        }

        // Not on the thread that receives: an operation that computes must not hold up the next message.
        running[operation] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = Task.Run(() => RunAsync(operation, parameters, user, http), CancellationToken.None);
    }

    /// <summary>The client wants no more of an operation. One that has ended, or never was, is no mistake: the message
    /// may have crossed ours.</summary>
    public void Complete(string id)
    {
        if (live.TryRemove(id, out var operation)) operation.Stop();
    }

    /// <summary>Stops everything and waits until it has.</summary>
    public async Task EndAsync()
    {
        foreach (var id in live.Keys) Complete(id);
        foreach (var (_, ended) in running) await ended.Task.ConfigureAwait(false);
    }

    private async Task RunAsync(
        Operation operation, RequestParameters parameters, ClaimsPrincipal user, HttpContext http)
    {
        try
        {
            await using var source = scopes.Open(user);
            var request = parameters.ToRequest(http, options.AllowedGetOperations) with
            {
                // The socket came by GET, but what it asks did not; the check of its origin stands for the preflight.
                OnlyTrustedDocument = false,
                AllowMutations = true,
                Services = source.Services,
                User = user,
                BeginScope = ct => scopes.BeginAsync(user, ct),
            };
            await AnswerAsync(operation, executor.StreamAsync(request, operation.Stopped)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (operation.Stopped.IsCancellationRequested)
        {
            // Nobody waits for it any more.
        }
        catch (Exception bug)
        {
            report(bug);
            _ = connection.CloseAsync(CloseCode.InternalError, "Something went wrong here.");
        }
        finally
        {
            live.TryRemove(new KeyValuePair<string, Operation>(operation.Id, operation));
            operation.Dispose();
            if (running.TryRemove(operation, out var ended)) ended.SetResult();
        }
    }

    private async Task AnswerAsync(Operation operation, IAsyncEnumerable<ExecutionResult> results)
    {
        await foreach (var result in results.ConfigureAwait(false))
        {
            using (result)
            {
                var isLast = result.Failure is not null && !result.IsOfEvent;
                await SendAsync(operation, result, isLast).ConfigureAwait(false);
                if (isLast) return;
            }
        }

        await SendAsync(operation, null, isLast: true).ConfigureAwait(false);
    }

    /// <summary>Sends one message of an operation: a result, its errors as the last, or that it is complete. After the
    /// last its id is free; one that the client has completed gets nothing more.</summary>
    private Task SendAsync(Operation operation, ExecutionResult? result, bool isLast) => connection.SendAsync(
        static (output, message) =>
        {
            var (operation, result, isLast, live) = message;
            if (operation.Stopped.IsCancellationRequested) return false;
            if (isLast) live.TryRemove(new KeyValuePair<string, Operation>(operation.Id, operation));

            if (result is null) SocketMessages.Complete(output, operation.Name);
            else if (isLast) SocketMessages.Error(output, operation.Name, result);
            else SocketMessages.Next(output, operation.Name, result);
            return true;
        },
        (operation, result, isLast, live));

    private async Task RefuseAsync(Operation operation)
    {
        var most = options.Streams.MaxOperationsPerSocket;
        using var refusal = ExecutionResult.Failed(
            RequestErrorKind.NotAllowed,
            new GraphQLError($"A socket runs at most {most} operations at a time. Complete one, or open another.")
            {
                Code = "TOO_MANY_OPERATIONS",
                Extensions = new PassedLimit("operationsPerSocket", most, most + 1).ToExtensions(),
            });
        await SendAsync(operation, refusal, isLast: true).ConfigureAwait(false);
        live.TryRemove(new KeyValuePair<string, Operation>(operation.Id, operation));
    }

    /// <summary>One running operation.</summary>
    private sealed class Operation : IDisposable
    {
        private readonly CancellationTokenSource stopped;

        public Operation(string id, CancellationToken socketClosed)
        {
            (Id, Name) = (id, SocketMessages.Encode(id));
            stopped = CancellationTokenSource.CreateLinkedTokenSource(socketClosed);
            Stopped = stopped.Token;
        }

        public string Id { get; }

        /// <summary>The id as JSON.</summary>
        public byte[] Name { get; }

        public CancellationToken Stopped { get; }

        public void Stop()
        {
            try
            {
                stopped.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended by itself.
            }
        }

        public void Dispose() => stopped.Dispose();
    }
}
