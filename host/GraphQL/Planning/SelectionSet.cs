using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>What is selected on one object type, in response order, with fragments and conditions resolved.</summary>
internal sealed class SelectionSet(ObjectType type, Selection[] selections)
{
    public ObjectType Type { get; } = type;

    public Selection[] Selections { get; } = selections;

    /// <summary>What those who watch answers are told with each object; null where nobody is.</summary>
    public object? Mark { get; init; }

    /// <summary>Why the fields cannot be known: a condition is null. Then executing this set is an error.</summary>
    public GraphQLError? Failure { get; init; }
}

/// <summary>
/// What is selected on an interface or union: one set per object type, compiled when a value of that type first
/// turns up. Compiling all beforehand would multiply with every level of abstract types in the document.
/// </summary>
internal sealed class AbstractSelection(
    OperationCompiler compiler, TypeDefinition type, SelectionSetNode[] nodes, int types)
{
    private readonly SelectionSet?[] sets = new SelectionSet?[types];

    public TypeDefinition Type { get; } = type;

    public SelectionSet For(ObjectType objectType)
    {
        ref var slot = ref sets[objectType.Index];
        if (Volatile.Read(ref slot) is { } known) return known;

        var compiled = compiler.CompileLater(objectType, nodes);
        return Interlocked.CompareExchange(ref slot, compiled, null) ?? compiled;
    }
}
