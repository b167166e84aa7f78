namespace K12Hub.GraphQL.Planning;

/// <summary>One field of a compiled operation: what was selected under one response name.</summary>
public sealed class Selection
{
    private object? state;

    internal Selection(string responseName, string fieldName, IReadOnlyList<Selection> children)
    {
        ResponseName = responseName;
        FieldName = fieldName;
        Children = children;
    }

    /// <summary>The alias, or the field's name.</summary>
    public string ResponseName { get; }

    /// <summary>The field's name in the schema.</summary>
    public string FieldName { get; }

    /// <summary>The fields selected below, fragments expanded; empty for leaves and below abstract types.</summary>
    public IReadOnlyList<Selection> Children { get; }

    /// <summary>True when a field of this name is selected below, under whatever alias.</summary>
    public bool IsSelected(string fieldName) => Child(fieldName) is not null;

    /// <summary>The first selection of the named field below, or null.</summary>
    public Selection? Child(string fieldName)
    {
        foreach (var child in Children)
        {
            if (child.FieldName == fieldName) return child;
        }

        return null;
    }

    /// <summary>What a resolver wants to compute once per compiled operation, such as a selector expression. A
    /// selection keeps one such value; two threads may both compute the first.</summary>
    public T GetOrAdd<T>(Func<Selection, T> create)
        where T : class
    {
        if (state is T known) return known;
        var created = create(this);
        state = created;
        return created;
    }
}
