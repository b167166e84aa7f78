using K12Hub.Generators.Model;
using K12Hub.Generators.Reading;

namespace K12Hub.Generators.Writing;

/// <summary>Writes a mutation: its arguments become one input object, its result a payload with errors.</summary>
internal static class MutationWriter
{
    /// <summary>Adds the input object and the payload.</summary>
    public static void Types(CodeWriter code, FieldModel field)
    {
        var name = Names.PascalCase(field.Name);
        if (Arguments(field).Length > 0 && Own(field) is null)
        {
            code.Line($"schema.AddType(new {Text.Types}InputObjectType(\"{name}Input\")").Open()
                .Line($"Description = {Text.Literal($"What `{field.Name}` needs to know.")},")
                .Line("Fields =").Line("[")
                .Indented(c => FieldWriter.Inputs(c, Arguments(field)))
                .Line("],").Close(");");
        }

        code.Line($"{Text.Conventions}Payloads.Add<{field.Type.CSharp}>(schema, \"{name}Payload\", " +
            $"\"{Names.CamelCase(field.Type.GraphQL)}\", \"{field.Type.GraphQL}\");");
    }

    public static void Definition(CodeWriter code, FieldModel field)
    {
        var payload = new TypeModel(TypeKind.Object, "", Names.PascalCase(field.Name) + "Payload", false, false)
        {
            SchemaClass = field.Type.SchemaClass,
        };
        FieldWriter.Definition(code, field with { Type = payload, IsAsync = true, Parameters = Input(field) }, null);
    }

    public static void Method(CodeWriter code, FieldModel field, string owner)
    {
        var result = $"{Text.Conventions}MutationResult<{field.Type.CSharp}>";
        code.Line()
            .Line($"private static {(field.IsAsync ? "async " : "")}" +
                "global::System.Threading.Tasks.ValueTask<object?> " +
                $"Resolve{field.Member}({Text.Execution}ResolverContext context)")
            .Open();
        var source = "context";
        if (Arguments(field).Length > 0 && Own(field) is null)
        {
            source = "input";
            code.Line($"var input = new {Text.Conventions}InputValues(context.Argument<" +
                "global::System.Collections.Generic.IReadOnlyDictionary<string, object?>>(\"input\"));");
        }

        var call = $"{owner}.{field.Member}({FieldWriter.Parameters(field, source)})";
        if (field.IsAsync)
        {
            code.Line($"{result} result = await {call}.ConfigureAwait(false);").Line("return result;");
        }
        else
        {
            code.Line($"{result} result = {call};")
                .Line("return new global::System.Threading.Tasks.ValueTask<object?>(result);");
        }

        code.Close();
    }

    private static ParameterModel[] Arguments(FieldModel field) =>
        [.. field.Parameters.Where(parameter => parameter.Kind is ParameterKind.Argument)];

    /// <summary>The author's own input object, if the one argument is called input.</summary>
    private static ParameterModel? Own(FieldModel field) =>
        Arguments(field) is { Length: 1 } one && one[0] is { Name: "input", Type.Kind: TypeKind.Input } ? one[0] : null;

    private static Items<ParameterModel> Input(FieldModel field)
    {
        if (Own(field) is { } own)
        {
            return new Items<ParameterModel>([own]);
        }

        if (Arguments(field).Length == 0)
        {
            return Items<ParameterModel>.None;
        }

        var type = Names.PascalCase(field.Name) + "Input";
        return new Items<ParameterModel>(
        [
            new ParameterModel(ParameterKind.Argument, "input", "")
            {
                Type = new TypeModel(TypeKind.Input, "", type, IsNullable: false, IsValueType: false),
                Description = "What is to be done.",
            },
        ]);
    }
}
