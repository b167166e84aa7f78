using System.Collections.Concurrent;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Execution;

/// <summary>From a request to its result: look up or read, validate and compile the document, coerce variables,
/// run.</summary>
public sealed class RequestExecutor : IRequestExecutor
{
    private const int MaxIdleRuns = 64;

    private readonly DocumentLookup documents;
    private readonly ConcurrentBag<OperationRun> idleRuns = [];

    internal RequestExecutor(
        Schema schema,
        RequestExecutorOptions options,
        IReadOnlyDictionary<Type, Func<DataLoaderScope, object>> dataLoaders)
    {
        Schema = schema;
        Options = options;
        DataLoaders = dataLoaders;
        RuntimeTypes = new RuntimeTypes(schema);
        documents = new DocumentLookup(new DocumentPreparation(schema, options), options);
    }

    /// <summary>The schema requests are answered with.</summary>
    public Schema Schema { get; }

    internal RequestExecutorOptions Options { get; }

    internal IReadOnlyDictionary<Type, Func<DataLoaderScope, object>> DataLoaders { get; }

    internal RuntimeTypes RuntimeTypes { get; }

    /// <summary>Documents of callers that are kept compiled, and their bytes.</summary>
    internal (int Count, long Bytes) KeptDocuments => documents.Kept;

    /// <inheritdoc/>
    public ValueTask<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, CancellationToken cancellationToken = default) => GraphQLTelemetry.IsObserved
            ? ExecuteObservedAsync(request, cancellationToken)
            : Execute(Prepare(request), request, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<ExecutionResult> StreamAsync(
        GraphQLRequest request, CancellationToken cancellationToken = default)
    {
        var streamed = request with { IsStreamed = true };
        var started = GraphQLTelemetry.Moment.Now;
        var preparation = Prepare(streamed);
        var isSubscription = preparation is
        {
            Refusal: null, Prepared.Operation.Operation: OperationType.Subscription,
        };
        if (isSubscription && streamed.Cost is not CostMode.Validate)
        {
            return new SubscriptionRun(this, streamed, preparation.Prepared).ReadAsync(cancellationToken);
        }

        return OneAsync(() => GraphQLTelemetry.ObserveAsync(
            streamed, preparation.Operation, started, () => RunScopedAsync(preparation, streamed, cancellationToken)));
    }

    /// <summary>Whether a caller may know the schema, in whatever form.</summary>
    /// <param name="request">Who asks, and where policies are asked; its document does not matter.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    public ValueTask<bool> MayIntrospectAsync(GraphQLRequest request, CancellationToken cancellationToken = default) =>
        IntrospectionPolicy.AllowsAsync(Options, new FieldAuthorizer(request, cancellationToken));

    internal void Return(OperationRun run)
    {
        if (idleRuns.Count < MaxIdleRuns) idleRuns.Add(run);
    }

    // A method of its own: what is not observed must not pay for the closure.
    private ValueTask<ExecutionResult> ExecuteObservedAsync(GraphQLRequest request, CancellationToken cancellationToken)
    {
        var started = GraphQLTelemetry.Moment.Now;
        var preparation = Prepare(request);
        return GraphQLTelemetry.ObserveAsync(
            request, preparation.Operation, started, () => Execute(preparation, request, cancellationToken));
    }

    private ValueTask<ExecutionResult> Execute(
        in Preparation preparation, GraphQLRequest request, CancellationToken cancellationToken)
    {
        if (preparation.Refusal is { } refusal) return new(refusal);
        var prepared = preparation.Prepared;
        try
        {
            return request.Cost switch
            {
                CostMode.Enforce => Run(prepared, request, cancellationToken),
                CostMode.Validate => new(new ExecutionResult(prepared.Cost)),
                _ => ReportAsync(Run(prepared, request, cancellationToken), prepared.Cost),
            };
        }
        catch (Exception thrown)
        {
            // A bug of ours; the caller gets a well-formed answer all the same.
            return new(Bug(thrown));
        }
    }

    private Preparation Prepare(GraphQLRequest request)
    {
        PreparedOperation? operation = null;
        try
        {
            if (documents.Find(request, out var refusal) is not { } document) return new(null, default, refusal);
            if (!TryFind(document, request, out operation, out refusal)) return new(operation, default, refusal);

            var (variables, errors) = operation!.CoerceVariables(request);
            if (errors.Count > 0)
            {
                return new(operation, default, new ExecutionResult(RequestErrorKind.Variables, errors));
            }

            if (!TryPlan(operation, variables, out var plan, out refusal)) return new(operation, default, refusal);
            if (plan!.Price.Check(variables, request.Variables.Span, out var cost) is { } tooDear)
            {
                refusal = ExecutionResult.Failed(RequestErrorKind.Validation, tooDear);
                if (request.Cost is not CostMode.Enforce) refusal.Cost = cost;
                return new(operation, default, refusal);
            }

            return new(operation, new PreparedRequest(operation, plan, variables, cost), null);
        }
        catch (Exception thrown)
        {
            // A bug of ours, too.
            return new(operation, default, Bug(thrown));
        }
    }

    private static async ValueTask<ExecutionResult> ReportAsync(ValueTask<ExecutionResult> running, OperationCost cost)
    {
        var result = await running.ConfigureAwait(false);
        result.Cost = cost;
        return result;
    }

    private static async IAsyncEnumerable<ExecutionResult> OneAsync(Func<ValueTask<ExecutionResult>> execute)
    {
        yield return await execute().ConfigureAwait(false);
    }

    private async ValueTask<ExecutionResult> RunScopedAsync(
        Preparation preparation, GraphQLRequest request, CancellationToken cancellationToken)
    {
        if (preparation.Refusal is { } known) return known;
        try
        {
            await using var scope = await request.ScopeAsync(cancellationToken).ConfigureAwait(false);
            return await Execute(preparation, request with { Services = scope.Services }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (GraphQLException refused)
        {
            return ExecutionResult.Failed(RequestErrorKind.NotAllowed, refused.Error);
        }
        catch (Exception thrown)
        {
            return Bug(thrown);
        }
    }

    private ExecutionResult Bug(Exception thrown) =>
        ExecutionResult.Failed(RequestErrorKind.Internal, new FieldErrors(Options).OfRequest(thrown));

    /// <summary>Executes a subscription for one event.</summary>
    internal ValueTask<ExecutionResult> RunForEvent(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken) =>
        GraphQLTelemetry.IsObserved
            ? GraphQLTelemetry.ObserveAsync(
                request,
                prepared.Operation,
                GraphQLTelemetry.Moment.Now,
                () => Run(prepared, request, cancellationToken))
            : Run(prepared, request, cancellationToken);

    private ValueTask<ExecutionResult> Run(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken) =>
        Options.AnswerWatch is null
            ? RunAsked(prepared, request, cancellationToken)
            : SealedAsync(RunAsked(prepared, request, cancellationToken), request, cancellationToken);

    // Nothing of an answer has left before whoever watches has let it go.
    private async ValueTask<ExecutionResult> SealedAsync(
        ValueTask<ExecutionResult> running, GraphQLRequest request, CancellationToken cancellationToken)
    {
        var result = await running.ConfigureAwait(false);
        if (request.Services.GetService(typeof(IAnswerLog)) is not IAnswerLog log) return result;
        try
        {
            var refusal = await log.SealAsync(result, cancellationToken).ConfigureAwait(false);
            if (refusal is null) return result;

            result.Dispose();
            return ExecutionResult.Failed(RequestErrorKind.Withheld, refusal);
        }
        catch (Exception thrown)
        {
            result.Dispose();
            return Bug(thrown);
        }
    }

    private ValueTask<ExecutionResult> RunAsked(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken) =>
        prepared.Plan.AskedFirst.Length == 0 && !AsksToIntrospect(prepared)
            ? RunAllowed(prepared, request, cancellationToken)
            : AskAndRunAsync(prepared, request, cancellationToken);

    private bool AsksToIntrospect(PreparedRequest prepared) =>
        prepared.Plan.Introspection is not null && !Options.AllowIntrospection && !prepared.Operation.IsTrusted;

    private async ValueTask<ExecutionResult> AskAndRunAsync(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (await RefusalAsync(prepared, request, cancellationToken).ConfigureAwait(false) is { } refusal)
            {
                return ExecutionResult.Failed(RequestErrorKind.Validation, refusal);
            }
        }
        catch (Exception thrown)
        {
            return Bug(thrown);
        }

        return await RunAllowed(prepared, request, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<GraphQLError?> RefusalAsync(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken)
    {
        var authorizer = new FieldAuthorizer(request, cancellationToken);
        if (AsksToIntrospect(prepared)
            && !await IntrospectionPolicy.AllowsAsync(Options, authorizer).ConfigureAwait(false))
        {
            return IntrospectionPolicy.Refusal(prepared.Plan.Introspection!.Nodes[0]);
        }

        foreach (var field in prepared.Plan.AskedFirst)
        {
            if (await authorizer.DecideAsync(field).ConfigureAwait(false)) continue;
            return authorizer.Refusal($"use {field.Coordinate}");
        }

        return null;
    }

    private ValueTask<ExecutionResult> RunAllowed(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken)
    {
        if (!idleRuns.TryTake(out var run)) run = new OperationRun(this);
        return run.ExecuteAsync(prepared.Plan, request, prepared.Variables, cancellationToken);
    }

    private static bool TryFind(
        PreparedDocument document,
        GraphQLRequest request,
        out PreparedOperation? operation,
        out ExecutionResult? refusal)
    {
        operation = null;
        refusal = null;
        try
        {
            operation = document.Find(request.OperationName);
        }
        catch (GraphQLException thrown)
        {
            refusal = ExecutionResult.Failed(RequestErrorKind.Operation, thrown.Error);
            return false;
        }

        var (kind, reason) = operation.Operation switch
        {
            OperationType.Mutation when !request.AllowMutations =>
                (RequestErrorKind.NotAllowed, "Mutations are not allowed here; use POST."),
            OperationType.Subscription when !request.IsStreamed =>
                (RequestErrorKind.StreamRequired, "A subscription has many results; accept text/event-stream."),
            _ => default,
        };
        if (reason is null) return true;
        refusal = ExecutionResult.Failed(kind, new GraphQLError(reason) { Code = "OPERATION_NOT_ALLOWED" });
        return false;
    }

    private static bool TryPlan(
        PreparedOperation operation,
        IReadOnlyDictionary<string, object?> variables,
        out Plan? plan,
        out ExecutionResult? refusal)
    {
        plan = null;
        refusal = null;
        try
        {
            plan = operation.PlanFor(variables);
            return true;
        }
        catch (GraphQLException thrown)
        {
            refusal = ExecutionResult.Failed(RequestErrorKind.Variables, thrown.Error);
            return false;
        }
    }
}

/// <summary>What became of a request before anything was executed.</summary>
/// <param name="Operation">The operation; null when it did not get so far.</param>
/// <param name="Prepared">What can be run; nothing with a refusal.</param>
/// <param name="Refusal">Why nothing will be; null when something will.</param>
internal readonly record struct Preparation(
    PreparedOperation? Operation, PreparedRequest Prepared, ExecutionResult? Refusal);

/// <summary>A request that is ready to run.</summary>
internal readonly record struct PreparedRequest(
    PreparedOperation Operation, Plan Plan, IReadOnlyDictionary<string, object?> Variables, OperationCost Cost);
