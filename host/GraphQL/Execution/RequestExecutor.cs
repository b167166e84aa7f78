using System.Collections.Concurrent;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Execution;

/// <summary>From a request to its result: look up or read, validate and compile the document, coerce variables,
/// run.</summary>
public sealed class RequestExecutor : IRequestExecutor
{
    private const int MaxIdleRuns = 64;
    private const int MaxCachedBytes = 8 * 1024 * 1024;

    private readonly DocumentCache documents;
    private readonly ConcurrentBag<OperationRun> idleRuns = [];
    private readonly ValidationOptions validation;

    internal RequestExecutor(
        Schema schema,
        RequestExecutorOptions options,
        IReadOnlyDictionary<Type, Func<DataLoaderScope, object>> dataLoaders)
    {
        Schema = schema;
        Options = options;
        DataLoaders = dataLoaders;
        RuntimeTypes = new RuntimeTypes(schema);
        validation = options.Validation with { AllowIntrospection = options.AllowIntrospection };
        documents = new DocumentCache(options.PlanCacheSize, MaxCachedBytes);
    }

    /// <summary>The schema requests are answered with.</summary>
    public Schema Schema { get; }

    internal RequestExecutorOptions Options { get; }

    internal IReadOnlyDictionary<Type, Func<DataLoaderScope, object>> DataLoaders { get; }

    internal RuntimeTypes RuntimeTypes { get; }

    /// <inheritdoc/>
    public ValueTask<ExecutionResult> ExecuteAsync(
        GraphQLRequest request, CancellationToken cancellationToken = default)
    {
        try
        {
            return TryPrepare(request, out var prepared, out var refusal)
                ? Start(prepared, request, cancellationToken)
                : new(refusal!);
        }
        catch (Exception thrown)
        {
            // A bug of ours; the caller gets a well-formed answer all the same.
            return new(ExecutionResult.Failed(RequestErrorKind.Internal, new FieldErrors(Options).OfRequest(thrown)));
        }
    }

    internal void Return(OperationRun run)
    {
        if (idleRuns.Count < MaxIdleRuns) idleRuns.Add(run);
    }

    private bool TryPrepare(GraphQLRequest request, out PreparedRequest prepared, out ExecutionResult? refusal)
    {
        prepared = default;
        if (!documents.TryGet(request.Document.Span, out var document))
        {
            document = Prepare(request.Document, out refusal);
            if (document is null) return false;
        }

        if (!TryFind(document, request, out var operation, out refusal)) return false;

        var (variables, errors) = operation!.CoerceVariables(request.Variables);
        if (errors.Count > 0)
        {
            refusal = new ExecutionResult(RequestErrorKind.Variables, errors);
            return false;
        }

        if (!TryPlan(operation, variables, out var plan, out refusal)) return false;
        prepared = new PreparedRequest(operation, plan!, variables);
        return true;
    }

    private ValueTask<ExecutionResult> Start(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken) =>
        GraphQLTelemetry.IsObserved
            ? GraphQLTelemetry.ObserveAsync(prepared.Operation, () => Run(prepared, request, cancellationToken))
            : Run(prepared, request, cancellationToken);

    private ValueTask<ExecutionResult> Run(
        PreparedRequest prepared, GraphQLRequest request, CancellationToken cancellationToken)
    {
        if (!idleRuns.TryTake(out var run)) run = new OperationRun(this);
        return run.ExecuteAsync(prepared.Plan, request, prepared.Variables, cancellationToken);
    }

    private PreparedDocument? Prepare(ReadOnlyMemory<byte> text, out ExecutionResult? refusal)
    {
        // The tree points into the text for error locations; the caller's buffer may be used again.
        var source = new Source(text.ToArray());
        if (!Parser.TryParse(source, Options.Parser, out var document, out var fault))
        {
            refusal = ExecutionResult.Failed(RequestErrorKind.Syntax, new GraphQLError(fault.Message)
            {
                Code = fault.Code,
                Locations = [new ErrorLocation(fault.Location.Line, fault.Location.Column)],
            });
            return null;
        }

        var faults = DocumentValidator.Validate(Schema, document, validation);
        refusal = faults.Count == 0
            ? null
            : new ExecutionResult(RequestErrorKind.Validation, [.. faults.Select(ErrorOf)]);
        if (refusal is not null) return null;

        var prepared = new PreparedDocument(Schema, document, Options);
        documents.Add(text.Span, prepared);
        return prepared;
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

        var reason = operation.Operation switch
        {
            OperationType.Mutation when !request.AllowMutations => "Mutations are not allowed here; use POST.",
            OperationType.Subscription => "Subscriptions are not supported on this way in.",
            _ => null,
        };
        if (reason is null) return true;
        refusal = ExecutionResult.Failed(
            RequestErrorKind.NotAllowed, new GraphQLError(reason) { Code = "OPERATION_NOT_ALLOWED" });
        return false;
    }

    private static GraphQLError ErrorOf(ValidationError fault) => new(fault.Message)
    {
        Code = fault.Code,
        Locations = [.. fault.Locations.Select(location => new ErrorLocation(location.Line, location.Column))],
    };

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

    private readonly record struct PreparedRequest(
        PreparedOperation Operation, Plan Plan, IReadOnlyDictionary<string, object?> Variables);
}
