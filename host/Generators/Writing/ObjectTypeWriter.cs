using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes the object type of a row into its annotated class, and next to the row what others need to know of
/// the type.</summary>
internal static class ObjectTypeWriter
{
    public static string Write(ObjectTypeModel model)
    {
        var code = CodeWriter.File(model.Class.Usings);
        var apart = model.Class.Namespace != model.Row.SchemaNamespace;
        if (apart)
        {
            code.Open($"namespace {model.Row.SchemaNamespace}");
            About(code, model);
            code.Close().Line().Open($"namespace {model.Class.Namespace}");
            Type(code, model);
            return code.Close().ToString();
        }

        code.Namespace(model.Class.Namespace);
        About(code, model);
        Type(code.Line(), model);
        return code.ToString();
    }

    private static void Type(CodeWriter code, ObjectTypeModel model)
    {
        var row = model.Row.CSharp;
        code.Open($"static partial class {model.Class.Name}")
            .Line("/// <summary>Adds the object type to the schema.</summary>")
            .Open($"internal static void RegisterSchema({Text.Builder} schema)");
        TypeRegistration.Write(code, model.Fields, model.References);
        Node(code, model);
        code.Line($"schema.AddType(new {Text.Types}ObjectType({Text.Literal(model.Row.GraphQL)})").Open()
            .Line($"Description = {Text.Literal(model.Description)},")
            .Line($"RuntimeType = typeof({row}),");
        if (model.Cost is { } cost)
        {
            code.Line($"Cost = {Text.Number(cost)},");
        }

        var interfaces = model.NodeResolver is null ? model.Interfaces : model.Interfaces.Prepend("Node");
        if (interfaces.Any())
        {
            code.Line($"InterfaceReferences = [{string.Join(", ", interfaces.Select(Text.Literal))}],");
        }

        code.Line("Fields =").Line("[").Indented(c =>
        {
            foreach (var field in model.Fields)
            {
                FieldWriter.Definition(c, field, row);
            }
        }).Line("],").Close(");").Close();
        foreach (var field in model.Fields)
        {
            FieldWriter.Method(code, field, row, model.Class.Name);
        }

        code.Close();
    }

    private static void Node(CodeWriter code, ObjectTypeModel model)
    {
        if (model.NodeResolver is not { } find)
        {
            return;
        }

        var call = $"{model.Class.Name}.{find.Member}({FieldWriter.Parameters(find)})";
        var found = find.IsAsync ? $"await {call}.ConfigureAwait(false)" : call;
        code.Line($"{Text.Conventions}NodeTypes.Of(schema).Add({Text.Literal(model.Row.GraphQL)}, " +
            $"{Text.Literal(model.Access.Policy)}, {AccessWriter.Roles(model.Access)}, " +
            $"static async (context, raw) => {found});");
    }

    private static void About(CodeWriter code, ObjectTypeModel model)
    {
        var row = model.Row.CSharp;
        code.Line($"/// <summary>What other fields need to know of the type {model.Row.GraphQL}.</summary>")
            .Open($"internal static class {model.Row.SchemaName}");
        AccessWriter.Members(code, model.Access);
        code.Line()
            .Line($"internal static readonly {Text.Data}RowFields<{row}> Fields = new {Text.Data}RowFields<{row}>()")
            .Indented(c =>
            {
                foreach (var field in model.Fields)
                {
                    c.Line(field.Columns is { } columns
                        ? $".Add({string.Join(", ", columns.Prepend(field.Name).Select(Text.Literal))})"
                        : $".AddWhole({Text.Literal(field.Name)})");
                }

                c.Line(";");
            })
            .Line();
        Filter(code, model);
        code.Line();
        Sort(code, model);
        code.Close();
    }

    private static void Filter(CodeWriter code, ObjectTypeModel model) => code
        .Line($"internal static void AddFilter({Text.Builder} schema) =>")
        .Indented(c => c
            .Line($"{Text.Data}RowInputs.AddFilter<{model.Row.CSharp}>(schema, \"{model.Row.GraphQL}FilterInput\",")
            .Line("[")
            .Indented(items =>
            {
                foreach (var filter in model.Filters)
                {
                    items.Line(Field(filter) + ",");
                }
            })
            .Line("]);"));

    private static string Field(FilterModel filter)
    {
        var type = filter.Type;
        var fromId = type.Kind is not TypeKind.Id ? null : (type.IdOf, type.CSharp) switch
        {
            ({ } owner, _) => $"static id => {Text.Conventions}NodeId.Decode<{type.CSharp}>({Text.Literal(owner)}, id)",
            (null, "string") => null,
            _ => $"static id => {Text.Conventions}NodeId.Parse<{type.CSharp}>(id)",
        };
        var properties = Text.Properties(("Description", filter.Description))
            .Concat(type.Kind is TypeKind.Enum ? ["IsEnum = true"] : [])
            .Concat(fromId is null ? [] : [$"FromId = {fromId}"]);
        return $"new {Text.Data}FilterField({Text.Literal(filter.Name)}, {Text.Literal(filter.Property)}, " +
            $"{Text.Literal(type.GraphQL)}) {{ {string.Join(", ", properties)} }}";
    }

    private static void Sort(CodeWriter code, ObjectTypeModel model) => code
        .Line($"internal static void AddSort({Text.Builder} schema) =>")
        .Indented(c => c
            .Line($"{Text.Data}RowInputs.AddSort<{model.Row.CSharp}>(schema, \"{model.Row.GraphQL}SortInput\",")
            .Line("[")
            .Indented(items =>
            {
                foreach (var sort in model.Sorts)
                {
                    var description = sort.Description is { } text ? Text.Literal(text) : "null";
                    items.Line($"({Text.Literal(sort.Name)}, {Text.Literal(sort.Property)}, {description}),");
                }
            })
            .Line("]);"));
}
