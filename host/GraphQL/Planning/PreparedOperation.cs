using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>A valid operation with its plans, one for every combination of @skip and @include variables in
/// use.</summary>
internal sealed class PreparedOperation
{
    private const int MaxKeptPlans = 16;

    private readonly Schema schema;
    private readonly DocumentNode document;
    private readonly OperationDefinitionNode node;
    private readonly RequestExecutorOptions options;
    private readonly VariableCoercer coercer;
    private readonly string[] conditions;
    private string? hash;
    private (ulong True, ulong Null, Plan Plan)[] plans = [];

    public PreparedOperation(
        Schema schema,
        DocumentNode document,
        OperationDefinitionNode node,
        RequestExecutorOptions options,
        bool isTrusted)
    {
        this.schema = schema;
        this.document = document;
        this.node = node;
        this.options = options;
        coercer = new VariableCoercer(schema, node, options);
        conditions = ConditionVariables.Of(document, node);
        IsTrusted = isTrusted;
    }

    public string? Name => node.Name?.Value;

    /// <summary>SHA-256 of the document, <c>sha256:…</c>; computed when somebody wants to know it.</summary>
    public string? Hash => hash ??= node.Location.Source is { } source
        ? DocumentId.WithAlgorithm(DocumentId.Of(source.Utf8.Span))
        : null;

    /// <summary>Whether the server knew the document before anybody asked.</summary>
    public bool IsTrusted { get; }

    public OperationType Operation => node.Operation;

    public (IReadOnlyDictionary<string, object?> Values, IReadOnlyList<GraphQLError> Errors) CoerceVariables(
        GraphQLRequest request) => coercer.Coerce(request.Variables, request.Files);

    /// <summary>The plan for these variables, compiled when it is first needed.</summary>
    /// <exception cref="GraphQLException">The operation breaks a limit.</exception>
    public Plan PlanFor(IReadOnlyDictionary<string, object?> variables)
    {
        if (conditions.Length == 0 && plans is [var only]) return only.Plan;

        var (trues, nulls) = (0UL, 0UL);
        var values = new Dictionary<string, bool?>(conditions.Length);
        for (var i = 0; i < conditions.Length; i++)
        {
            var value = variables.GetValueOrDefault(conditions[i]) as bool?;
            values.Add(conditions[i], value);
            if (value is true) trues |= 1UL << i;
            if (value is null) nulls |= 1UL << i;
        }

        foreach (var (knownTrues, knownNulls, plan) in Volatile.Read(ref plans))
        {
            if (knownTrues == trues && knownNulls == nulls && conditions.Length <= 64) return plan;
        }

        var compiled = OperationCompiler.Compile(schema, document, node, values, options);
        if (conditions.Length <= 64) Keep(trues, nulls, compiled);
        return compiled;
    }

    /// <summary>Compiles the plan for conditions that are all true.</summary>
    public void Compile() => PlanFor(conditions.ToDictionary(condition => condition, _ => (object?)true));

    // Two threads may compile the same plan; the one that comes second is not kept.
    private void Keep(ulong trues, ulong nulls, Plan plan)
    {
        var known = plans;
        if (known.Length >= MaxKeptPlans) return;
        Interlocked.CompareExchange(ref plans, [.. known, (trues, nulls, plan)], known);
    }
}
