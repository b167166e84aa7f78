using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>What to do with a value of a field's type; a tree as deep as the type's lists.</summary>
internal sealed class ValuePlan(ValueKind kind, bool nonNull, IType type)
{
    public ValueKind Kind { get; } = kind;

    public bool NonNull { get; } = nonNull;

    /// <summary>The type, for messages.</summary>
    public IType Type { get; } = type;

    /// <summary>Of a list.</summary>
    public ValuePlan? Item { get; init; }

    /// <summary>Of an object type.</summary>
    public SelectionSet? Object { get; init; }

    /// <summary>Of an interface or union.</summary>
    public AbstractSelection? Abstract { get; init; }

    public ValuePlan Innermost => Item?.Innermost ?? this;
}

internal enum ValueKind
{
    Scalar,
    Enum,
    List,
    Composite,
    Abstract,
}
