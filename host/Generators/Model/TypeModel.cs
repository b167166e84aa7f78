namespace K12Hub.Generators.Model;

/// <summary>What a C# type is in the schema.</summary>
internal enum TypeKind
{
    /// <summary>A scalar that is written and read as it is.</summary>
    Scalar,

    /// <summary>An enum.</summary>
    Enum,

    /// <summary>A global or raw id.</summary>
    Id,

    /// <summary>A row that has an object type.</summary>
    Object,

    /// <summary>An input object.</summary>
    Input,

    /// <summary>A list of one of the above.</summary>
    List,

    /// <summary>A page of rows.</summary>
    Page,
}

/// <summary>How a list is given to C#.</summary>
internal enum ListKind
{
    ReadOnly,
    Array,
    List,
}

/// <summary>The type of a field or argument.</summary>
/// <param name="Kind">What it is in the schema.</param>
/// <param name="CSharp">The C# type without <c>?</c>, fully qualified.</param>
/// <param name="GraphQL">The named type in the schema; of a list or page, that of its items.</param>
/// <param name="IsNullable">Whether null is possible.</param>
/// <param name="IsValueType">Whether it is a struct or enum.</param>
internal sealed record TypeModel(TypeKind Kind, string CSharp, string GraphQL, bool IsNullable, bool IsValueType)
{
    /// <summary>The items of a list or page.</summary>
    public TypeModel? Item { get; init; }

    /// <summary>How a list argument is given to C#.</summary>
    public ListKind ListKind { get; init; }

    /// <summary>The object type an id belongs to; null for a raw id.</summary>
    public string? IdOf { get; init; }

    /// <summary>The key inside a typed id; null when the id is the key itself.</summary>
    public string? Wrapped { get; init; }

    /// <summary>The generated class about the row, enum or input object.</summary>
    public string? SchemaClass { get; init; }

    /// <summary>The C# type of the objects shown by the field, those of a list or page included; empty for a
    /// leaf.</summary>
    public string Shown => Item?.Shown ?? (Kind is TypeKind.Object ? CSharp : "");

    /// <summary>Whether values are written without knowing anything but the value.</summary>
    public bool IsLeaf => Kind is TypeKind.Scalar or TypeKind.Enum or TypeKind.Id
        || (Kind is TypeKind.List && Item!.IsLeaf);

    /// <summary>The reference in SDL.</summary>
    public string Sdl => Kind switch
    {
        // A page that fails must not take the rest of the answer with it.
        TypeKind.Page => $"{GraphQL}Connection",
        TypeKind.List => $"[{Item!.Sdl}]{(IsNullable ? "" : "!")}",
        _ => $"{GraphQL}{(IsNullable ? "" : "!")}",
    };

    /// <summary>The C# type with <c>?</c> where null is possible.</summary>
    public string CSharpNullable => IsNullable ? CSharp + "?" : CSharp;
}
