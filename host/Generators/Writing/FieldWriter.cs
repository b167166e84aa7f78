using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes field definitions and the resolvers behind them.</summary>
internal static class FieldWriter
{
    /// <summary><c>new FieldDefinition(…) { … },</c>.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="field">The field.</param>
    /// <param name="row">The row's C# type; null for root fields.</param>
    public static void Definition(CodeWriter code, FieldModel field, string? row)
    {
        var (name, type) = (Text.Literal(field.Name), Text.Literal(field.Type.Sdl));
        code.Line($"new {Text.Types}FieldDefinition({name}, {type})").Open();
        foreach (var property in Text.Properties(
            ("Description", field.Description), ("DeprecationReason", field.Deprecation)))
        {
            code.Line(property + ",");
        }

        Access(code, field);
        Price(code, field);
        Arguments(code, Listed(field));
        code.Line($"Resolver = {Resolver(field, row)},");
        if (field.Source is not null)
        {
            code.Line($"Subscribe = Subscribe{field.Member},");
        }

        code.Close(",");
    }

    /// <summary>The argument definitions of a field or the fields of an input object.</summary>
    public static void Inputs(CodeWriter code, IEnumerable<ParameterModel> inputs)
    {
        foreach (var input in inputs)
        {
            var properties = string.Join(", ", Text.Properties(
                ("Description", input.Description),
                ("DeprecationReason", input.Deprecation),
                ("DefaultLiteral", input.Default))
                .Concat(input.Cost is { } cost ? [$"Cost = {Text.Number(cost)}"] : []));
            code.Line($"new {Text.Types}InputValueDefinition({Text.Literal(input.Name)}, " +
                $"{Text.Literal(input.Type!.Sdl)}){(properties.Length > 0 ? $" {{ {properties} }}" : "")},");
        }
    }

    /// <summary>The method a resolver calls, unless it is short enough to stand in the definition.</summary>
    public static void Method(CodeWriter code, FieldModel field, string? row, string owner)
    {
        if (field.IsProperty || IsDirect(field))
        {
            Direct(code, field, row!, owner);
            return;
        }

        if (IsOneTask(field))
        {
            return;
        }

        var call = $"{owner}.{field.Member}";
        code.Line();
        if (field.IsAsync)
        {
            code.Line($"private static async global::System.Threading.Tasks.ValueTask<object?> Resolve{field.Member}" +
                $"({Text.Execution}ResolverContext context) =>");
            var awaited = $"await {call}({Parameters(field)}).ConfigureAwait(false)";
            code.Indented(c => c.Line($"{Result(field, awaited)};"));
        }
        else
        {
            code.Line($"private static object? Resolve{field.Member}({Text.Execution}ResolverContext context) =>")
                .Indented(c => c.Line($"{Result(field, $"{call}({Parameters(field)})")};"));
        }
    }

    /// <summary>The values of all parameters.</summary>
    public static string Parameters(FieldModel field, string arguments = "context") =>
        string.Join(", ", field.Parameters.Select(p => ParameterWriter.Resolver(p, field, arguments)));

    private static void Access(CodeWriter code, FieldModel field)
    {
        var access = field.Access;
        if (access.Policy is not null)
        {
            AccessWriter.Write(code, access);
        }
        else if (access.AllowAnonymous)
        {
            code.Line("AllowAnonymous = true,");
        }
        else if (field.Type is { Shown.Length: > 0, SchemaClass: { } shown } && !field.IsProperty)
        {
            code.Line($"Policy = {shown}.Policy,")
                .Line($"Roles = {shown}.Roles,")
                .Line($"ApplyPolicy = {shown}.ApplyPolicy,")
                .Line($"AllowAnonymous = {shown}.AllowAnonymous,");
        }
    }

    private static void Price(CodeWriter code, FieldModel field)
    {
        if (field.Cost is { } cost)
        {
            code.Line($"Cost = {Text.Number(cost)},");
        }

        if (field.ListSize is { } size)
        {
            code.Line($"ListSize = new {Text.Types}ListSize {{ {size} }}{Bounded(field)},");
        }
        else if (field.Type.Kind is TypeKind.Page)
        {
            code.Line($"ListSize = {Text.Conventions}Connections.Size({field.Paging}),");
        }
    }

    /// <summary>A price of one's own takes nothing away from what a client has to say.</summary>
    private static string Bounded(FieldModel field) => field.RequirePagingBoundaries
        ? " with { SlicingArguments = [\"first\", \"last\"], RequireOneSlicingArgument = true }"
        : "";

    private static void Arguments(CodeWriter code, ParameterModel[] arguments)
    {
        if (arguments.Length == 0)
        {
            return;
        }

        code.Line("Arguments =").Line("[").Indented(c =>
        {
            foreach (var paging in arguments.Where(a => a.Kind is ParameterKind.Paging))
            {
                c.Line($".. {Text.Conventions}Connections.Arguments({paging.CSharp}),");
            }

            Inputs(c, arguments.Where(a => a.Kind is ParameterKind.Argument));
        }).Line("],");
    }

    /// <summary>What clients may pass: paging, where, order, then the method's own arguments.</summary>
    private static ParameterModel[] Listed(FieldModel field)
    {
        var listed = new List<ParameterModel>();
        if (field.Type.Kind is TypeKind.Page)
        {
            listed.Add(new ParameterModel(ParameterKind.Paging, "", field.Paging));
        }

        if (field.Filtering is { } where)
        {
            listed.Add(Built("where", $"{where.GraphQL}FilterInput", "What the entries must fulfil."));
        }

        if (field.Sorting is { } order)
        {
            listed.Add(Built("order", $"[{order.GraphQL}SortInput!]", "What to order by, most important first."));
        }

        listed.AddRange(field.Parameters.Where(parameter => parameter.Kind is ParameterKind.Argument));
        listed.AddRange(field.SourceArguments);
        return [.. listed];
    }

    private static ParameterModel Built(string name, string type, string description) =>
        new(ParameterKind.Argument, name, "")
        {
            Type = new TypeModel(TypeKind.Input, "", type, IsNullable: true, IsValueType: false),
            Description = description,
        };

    private static string Resolver(FieldModel field, string? row)
    {
        if (field.IsProperty || IsDirect(field))
        {
            return field.Type.IsLeaf
                ? $"new {Text.Execution}LeafResolver(Write{field.Member})"
                : $"new {Text.Execution}PureResolver(static parent => {Value(field, row!)})";
        }

        return IsOneTask(field)
            ? $"{Text.Execution}TaskResolver.Of(static context => {field.Member}({Parameters(field)}))"
            : $"new {Text.Execution}{(field.IsAsync ? "Async" : "Sync")}Resolver(Resolve{field.Member})";
    }

    private static void Direct(CodeWriter code, FieldModel field, string row, string owner)
    {
        if (!field.Type.IsLeaf)
        {
            return;
        }

        code.Line()
            .Line($"private static void Write{field.Member}(object parent, ref {Text.Execution}JsonArena json)")
            .Open();
        LeafWriter.Write(code, field.Type, field.IsProperty ? Value(field, row) : $"{owner}.{Value(field, row)}");
        code.Close();
    }

    /// <summary>The value of a field that needs nothing but its parent.</summary>
    private static string Value(FieldModel field, string row) =>
        field.IsProperty ? $"(({row})parent).{field.Member}" : $"{field.Member}(({row})parent)";

    private static bool IsDirect(FieldModel field) => !field.IsAsync && !field.IsResult
        && field.Type.Kind is not TypeKind.Page
        && field.Parameters.Count == 1 && field.Parameters[0].Kind is ParameterKind.Parent;

    /// <summary>Whether the value is what the method's task brings, as it is.</summary>
    private static bool IsOneTask(FieldModel field) =>
        field.IsTask && Result(field, "value") == "value";

    private static string Result(FieldModel field, string value) => field.Type switch
    {
        { Kind: TypeKind.Page } page => $"{value} ?? new {page.CSharp}()",
        { Kind: TypeKind.Id, IdOf: { } owner } id =>
            $"{Text.Conventions}NodeId.Encode({Text.Literal(owner)}, ({value}){LeafWriter.Inner(id)})",
        _ => value,
    };
}
