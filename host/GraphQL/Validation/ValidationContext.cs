using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// What the rules know: the schema, the document, the types at the place the walk has reached, and which variables and
/// fragments each definition uses.
/// </summary>
internal sealed class ValidationContext(Schema schema, DocumentNode document, ValidationOptions options)
{
    private readonly List<ValidationError> errors = [];
    private readonly Dictionary<ExecutableDefinitionNode, DefinitionUses> uses = [];
    private readonly Dictionary<OperationDefinitionNode, OperationSize> sizes = [];
    private readonly Dictionary<OperationDefinitionNode, List<FragmentDefinitionNode>> reachable = [];

    public Schema Schema { get; } = schema;

    public DocumentNode Document { get; } = document;

    public ValidationOptions Options { get; } = options;

    public IReadOnlyList<ValidationError> Errors => errors;

    /// <summary>Whether enough was found wrong.</summary>
    public bool IsFull => errors.Count >= Options.MaxErrors;

    /// <summary>The type whose fields are selected here; null when it is unknown or has none.</summary>
    public TypeDefinition? ParentType { get; set; }

    /// <summary>The field the walk stands at or in; null when it is unknown.</summary>
    public FieldDefinition? Field { get; set; }

    /// <summary>The directive the walk stands at or in; null when it is unknown, or outside of one.</summary>
    public DirectiveDefinition? Directive { get; set; }

    /// <summary>The operation or fragment the walk is in.</summary>
    public DefinitionUses Current { get; set; } = new();

    public void Report(Rule rule, string message, params IEnumerable<SyntaxNode?> nodes) =>
        Report(rule, ValidationError.Invalid, message, nodes);

    public void Report(Rule rule, string code, string message, IEnumerable<SyntaxNode?> nodes)
    {
        if (IsFull) return;
        var places = nodes.OfType<SyntaxNode>().Select(node => node.Location).Take(Options.MaxLocations);
        errors.Add(new ValidationError(rule.Name, message, [.. places], code));
    }

    /// <summary>Reports a limit that was passed.</summary>
    /// <param name="rule">The limit's rule.</param>
    /// <param name="code">The limit's code.</param>
    /// <param name="passed">What was measured.</param>
    /// <param name="sentence">What is too much, without the numbers.</param>
    /// <param name="node">Where.</param>
    public void Report(Rule rule, string code, PassedLimit passed, string sentence, SyntaxNode node)
    {
        if (IsFull) return;
        var message = $"{sentence}: {PassedLimit.Text(passed.Actual)} where at most {PassedLimit.Text(passed.Limit)} "
            + "are allowed.";
        errors.Add(new ValidationError(rule.Name, message, [node.Location], code) { Passed = passed });
    }

    /// <summary>Lets a limit look at an operation's size, which is measured once for all of them.</summary>
    /// <param name="rule">The limit's rule.</param>
    /// <param name="operation">The operation.</param>
    /// <param name="measure">What the limit measures.</param>
    /// <param name="code">The limit's code.</param>
    /// <param name="sentence">What is too much, from the coordinate at which it is.</param>
    public void AfterMeasuring(
        Rule rule, OperationDefinitionNode operation, string measure, string code, Func<string, string> sentence)
    {
        if (Options.IsUnlimited) return;
        if (!sizes.TryGetValue(operation, out var size))
        {
            sizes.Add(operation, size = new OperationSize(this, operation));
        }

        if (size.Passed is { Limit: var passed, Node: var node } && passed.Measure == measure)
        {
            Report(rule, code, passed, sentence(passed.Coordinate ?? "an unknown type"), node);
        }
    }

    /// <summary>The uses of a definition; complete once the walk has passed it.</summary>
    public DefinitionUses UsesOf(ExecutableDefinitionNode definition)
    {
        if (!uses.TryGetValue(definition, out var found)) uses.Add(definition, found = new DefinitionUses());
        return found;
    }

    /// <summary>The fragments an operation reaches, directly or through others, each once.</summary>
    public IReadOnlyList<FragmentDefinitionNode> ReachableFragments(OperationDefinitionNode operation)
    {
        if (reachable.TryGetValue(operation, out var found)) return found;

        found = [];
        var seen = new HashSet<FragmentDefinitionNode>();
        var open = new Stack<ExecutableDefinitionNode>([operation]);
        while (open.TryPop(out var next))
        {
            foreach (var spread in UsesOf(next).Spreads)
            {
                if (Document.FindFragment(spread.Name.Value) is not { } fragment || !seen.Add(fragment)) continue;
                open.Push(fragment);
                found.Add(fragment);
            }
        }

        reachable.Add(operation, found);
        return found;
    }

    /// <summary>The variables an operation uses, in itself and in the fragments it reaches.</summary>
    public IEnumerable<VariableUse> VariableUses(OperationDefinitionNode operation) =>
        UsesOf(operation).Variables.Concat(ReachableFragments(operation).SelectMany(f => UsesOf(f).Variables));

    /// <summary>A type reference of the document as a type of the schema; null when it names an unknown type.</summary>
    public IType? ResolveType(TypeNode type) => Schema.ResolveType(type);
}

/// <summary>What an operation or fragment uses by itself, not through the fragments it spreads.</summary>
internal sealed class DefinitionUses
{
    public List<VariableUse> Variables { get; } = [];

    public List<FragmentSpreadNode> Spreads { get; } = [];
}

/// <summary>A variable where a value stands.</summary>
/// <param name="Node">The variable.</param>
/// <param name="Type">The type expected there; null when it is unknown.</param>
/// <param name="HasDefault">Whether the place has a default value, so that the variable may be absent.</param>
/// <param name="IsOneOfField">Whether the place is a field of a OneOf input object, which takes no null.</param>
internal readonly record struct VariableUse(VariableNode Node, IType? Type, bool HasDefault, bool IsOneOfField);
