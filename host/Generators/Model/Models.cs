namespace K12Hub.Generators.Model;

/// <summary>The assembly's registration method.</summary>
internal sealed record ModuleModel(string Name);

/// <summary>A C# class that gets a generated part, with what its file imports.</summary>
/// <param name="Namespace">Its namespace; empty for the global one.</param>
/// <param name="Name">Its name.</param>
/// <param name="Usings">The using directives of its file: generated loaders are found by them.</param>
internal sealed record ClassModel(string Namespace, string Name, Items<string> Usings)
{
    /// <summary>The name from anywhere.</summary>
    public string FullName => Namespace.Length == 0 ? $"global::{Name}" : $"global::{Namespace}.{Name}";

    /// <summary>The name of its generated file.</summary>
    public string HintName => Namespace.Length == 0 ? $"{Name}.g.cs" : $"{Namespace}.{Name}.g.cs";
}

/// <summary>Which root a class adds fields to.</summary>
internal enum RootKind
{
    Query,
    Mutation,
    Subscription,
}

/// <summary>A class of root fields.</summary>
internal sealed record RootTypeModel(ClassModel Class, RootKind Kind, Items<FieldModel> Fields)
{
    public References References { get; init; } = References.None;
}

/// <summary>A row and what its annotated class adds to it.</summary>
internal sealed record ObjectTypeModel(ClassModel Class, RowModel Row, Items<FieldModel> Fields)
{
    public string? Description { get; init; }

    /// <summary>Who may see objects of the type.</summary>
    public AccessModel Access { get; init; } = AccessModel.Silent;

    /// <summary>The interfaces of the schema that the row implements, by schema name.</summary>
    public Items<string> Interfaces { get; init; }

    /// <summary>The C# interfaces and base records that are unions.</summary>
    public Items<RowModel> Unions { get; init; }

    /// <summary>What one object weighs; null for the default.</summary>
    public double? Cost { get; init; }

    /// <summary>Finds an object by its raw key; null when the type is no node.</summary>
    public FieldModel? NodeResolver { get; init; }

    public Items<FilterModel> Filters { get; init; }

    public Items<SortModel> Sorts { get; init; }

    public References References { get; init; } = References.None;
}

/// <summary>A row type and where the code generated about it is.</summary>
internal sealed record RowModel(string CSharp, string GraphQL, string SchemaNamespace, string SchemaName)
{
    public string SchemaClass =>
        SchemaNamespace.Length == 0 ? $"global::{SchemaName}" : $"global::{SchemaNamespace}.{SchemaName}";
}

/// <summary>A field of a type.</summary>
/// <param name="Name">The name in the schema.</param>
/// <param name="Member">The row's property or the class's method.</param>
/// <param name="Type">What it returns.</param>
internal sealed record FieldModel(string Name, string Member, TypeModel Type)
{
    public string? Description { get; init; }

    public string? Deprecation { get; init; }

    public AccessModel Access { get; init; } = AccessModel.Silent;

    /// <summary>Whether it is a property of the row; else a method.</summary>
    public bool IsProperty { get; init; }

    public bool IsAsync { get; init; }

    /// <summary>Whether what it returns is a task, and no value task.</summary>
    public bool IsTask { get; init; }

    /// <summary>Whether the result is a <c>MutationResult</c>.</summary>
    public bool IsResult { get; init; }

    /// <summary>Whether a mutation is shown as it is, without input object and payload.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The payload's field; null for the type's name.</summary>
    public string? PayloadField { get; init; }

    /// <summary>Exceptions that a mutation answers in <c>errors</c>.</summary>
    public Items<ErrorModel> Errors { get; init; }

    /// <summary>Properties of the row the field reads; null for all.</summary>
    public Items<string>? Columns { get; init; }

    public Items<ParameterModel> Parameters { get; init; }

    /// <summary>Where the events of a subscription come from; null for other fields.</summary>
    public SourceModel? Source { get; init; }

    /// <summary>Arguments that only the source takes.</summary>
    public Items<ParameterModel> SourceArguments { get; init; }

    /// <summary>The row of <c>where</c>; null without.</summary>
    public RowModel? Filtering { get; init; }

    /// <summary>The row of <c>order</c>; null without.</summary>
    public RowModel? Sorting { get; init; }

    public int MaxPageSize { get; init; }

    public int DefaultPageSize { get; init; }

    /// <summary>Whether its connection leaves out <c>totalCount</c>.</summary>
    public bool IsWithoutTotal { get; init; }

    /// <summary>Whether a client has to say how long the page is.</summary>
    public bool RequirePagingBoundaries { get; init; }

    /// <summary>What <c>Connections</c> wants to know of its pages, in C#.</summary>
    public string Paging =>
        $"{MaxPageSize}, {DefaultPageSize}{(RequirePagingBoundaries ? ", requireBoundaries: true" : "")}";

    /// <summary>What the field costs; null for the default.</summary>
    public double? Cost { get; init; }

    /// <summary>The properties of its <c>ListSize</c> as C#; null without.</summary>
    public string? ListSize { get; init; }
}

/// <summary>Where the events of a subscription come from: a topic, or a method that opens them.</summary>
/// <param name="Topic">The topic, with <c>{name}</c> for arguments; null when there is a method.</param>
/// <param name="Method">The method; null when there is a topic.</param>
internal sealed record SourceModel(string? Topic, string? Method)
{
    /// <summary>Whether the method answers later.</summary>
    public bool IsAsync { get; init; }

    public Items<ParameterModel> Parameters { get; init; }
}

/// <summary>Where a parameter's value comes from.</summary>
internal enum ParameterKind
{
    Argument,
    Parent,
    Service,
    Loader,
    CancellationToken,
    User,
    Context,
    Paging,
    Query,
    NodeKey,
    Keys,
    EventMessage,
    State,
}

/// <summary>A parameter of a resolver or loader.</summary>
/// <param name="Kind">Where its value comes from.</param>
/// <param name="Name">The name in the schema.</param>
/// <param name="CSharp">The type, fully qualified; of a query, that of its row.</param>
internal sealed record ParameterModel(ParameterKind Kind, string Name, string CSharp)
{
    /// <summary>The type of an argument.</summary>
    public TypeModel? Type { get; init; }

    public string? Description { get; init; }

    public string? Deprecation { get; init; }

    /// <summary>The default as a GraphQL literal; null without.</summary>
    public string? Default { get; init; }

    /// <summary>The row of a query.</summary>
    public RowModel? Row { get; init; }

    /// <summary>What giving it costs; null for the default.</summary>
    public double? Cost { get; init; }

    /// <summary>The default in C#; null without.</summary>
    public string? CSharpDefault { get; init; }
}

/// <summary>A method that loads a batch.</summary>
internal sealed record LoaderModel(ClassModel Class, string Method, string Name, string Key, string Value)
{
    public bool IsPublic { get; init; }

    public bool IsLookup { get; init; }

    /// <summary>The name of its generated file.</summary>
    public string HintName => $"{Class.Namespace}.{Name}DataLoader.g.cs";

    public Items<ParameterModel> Parameters { get; init; }
}

/// <summary>A filterable property.</summary>
internal sealed record FilterModel(string Name, string Property, TypeModel Type, string? Description);

/// <summary>A name in the schema and the one in C#.</summary>
internal sealed record SortModel(string Name, string Property, string? Description);

/// <summary>What a class's fields refer to and nobody else registers.</summary>
/// <param name="Enums">Enums.</param>
/// <param name="Inputs">Input objects.</param>
/// <param name="Abstracts">Interfaces and unions.</param>
/// <param name="Rows">Rows that need an object type.</param>
internal sealed record References(
    Items<EnumModel> Enums, Items<InputModel> Inputs, Items<AbstractModel> Abstracts, Items<string> Rows)
{
    public static readonly References None = new(
        Items<EnumModel>.None, Items<InputModel>.None, Items<AbstractModel>.None, Items<string>.None);
}

/// <summary>An interface or union of the schema.</summary>
internal sealed record AbstractModel(RowModel Type, bool IsUnion, string? Description, Items<FieldModel> Fields)
{
    public AccessModel Access { get; init; } = AccessModel.Silent;

    /// <summary>The interfaces it implements itself, by schema name.</summary>
    public Items<string> Interfaces { get; init; }
}

/// <summary>An expected exception of a mutation and the type it is answered as.</summary>
/// <param name="Exception">The exception, in C#.</param>
/// <param name="Name">The error's type in the schema.</param>
/// <param name="Code">The stable code.</param>
/// <param name="Value">The C# type that is answered; null when the exception itself is.</param>
/// <param name="Create">What makes the value of the exception: <c>new X</c> or <c>X.CreateErrorFrom</c>.</param>
/// <param name="Fields">What the value shows besides message and code.</param>
internal sealed record ErrorModel(
    string Exception, string Name, string Code, string? Value, string? Create, Items<FieldModel> Fields)
{
    /// <summary>What a resolver gets.</summary>
    public string Runtime => Value ?? $"global::K12Hub.GraphQL.Conventions.Thrown<{Exception}>";

    /// <summary>What the fields are read from, given <c>error</c>.</summary>
    public string Source => $"(({Runtime})error)" + (Value is null ? ".Exception" : "");
}

/// <summary>An enum in the schema.</summary>
internal sealed record EnumModel(RowModel Type, string? Description, Items<EnumValueModel> Values);

/// <summary>A value of an enum.</summary>
internal sealed record EnumValueModel(string Name, string Member, string? Description, string? Deprecation);

/// <summary>An input object.</summary>
internal sealed record InputModel(RowModel Type, string? Description, bool IsPositional, Items<ParameterModel> Fields)
{
    /// <summary>Whether exactly one field is given.</summary>
    public bool IsOneOf { get; init; }
}

/// <summary>What <c>[Authorize]</c> and <c>[AllowAnonymous]</c> say.</summary>
/// <param name="Policy">The policy; the empty text is "signed in"; null without <c>[Authorize]</c>.</param>
/// <param name="Roles">Roles of which one is needed.</param>
/// <param name="Apply">When to ask, as the number of the enum <c>ApplyPolicy</c>.</param>
/// <param name="AllowAnonymous">Whether anybody may.</param>
internal sealed record AccessModel(string? Policy, Items<string> Roles, int Apply, bool AllowAnonymous)
{
    public static readonly AccessModel Silent = new(null, Items<string>.None, 0, false);

    public bool IsSilent => Policy is null && !AllowAnonymous;
}

/// <summary>An interface or union, and what belongs to the union.</summary>
/// <param name="Type">The interface or union.</param>
/// <param name="Members">The C# type of the union, and an object type's name.</param>
internal sealed record AbstractWithMembers(AbstractModel Type, Items<UnionMember> Members);

/// <summary>An object type that belongs to a union.</summary>
/// <param name="Union">The union, in C#.</param>
/// <param name="Member">The object type, in the schema.</param>
internal sealed record UnionMember(string Union, string Member);
