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

        Payload(code, field, name);
    }

    public static void Definition(CodeWriter code, FieldModel field)
    {
        var payload = new TypeModel(TypeKind.Object, "", Names.PascalCase(field.Name) + "Payload", false, false);
        var shown = field with { Type = payload, IsAsync = true, IsTask = false, Parameters = Input(field) };
        FieldWriter.Definition(code, shown, null);
    }

    public static void Method(CodeWriter code, FieldModel field, string owner)
    {
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

        if (field.Errors.Count > 0) code.Line("try").Open();
        Call(code, field, $"{owner}.{field.Member}({FieldWriter.Parameters(field, source)})");
        if (field.Errors.Count > 0) PayloadErrorWriter.Catch(code, field, ResultOf(field));
        code.Close();
        if (field.Errors.Count > 0) PayloadErrorWriter.ErrorOf(code, field);
    }

    private static void Payload(CodeWriter code, FieldModel field, string name)
    {
        var shown = field.PayloadField
            ?? Names.CamelCase(field.Type.GraphQL) + (field.Type.Kind is TypeKind.List ? "s" : "");
        code.Line($"{Text.Conventions}Payloads.Add<{ResultOf(field)}>(").Indented(c =>
        {
            c.Line("schema,").Line($"{Text.Literal(name)},").Line($"{Text.Literal(shown)},")
                .Line($"{Text.Literal((field.Type with { IsNullable = true }).Sdl)},").Line("[");
            foreach (var error in field.Errors)
            {
                c.Indented(e => PayloadErrorWriter.Definition(e, error));
            }

            c.Line(field.Type is { Kind: TypeKind.Id, IdOf: { } owner }
                ? $"], static value => {Text.Conventions}NodeId.Encode({Text.Literal(owner)}, value" +
                    $"{LeafWriter.Inner(field.Type)}));"
                : "]);");
        });
    }

    private static void Call(CodeWriter code, FieldModel field, string call)
    {
        var value = field.IsAsync ? $"await {call}.ConfigureAwait(false)" : call;
        var result = field.IsResult ? value : $"{Text.Conventions}MutationResult.Done<{ResultOf(field)}>({value})";
        code.Line(field.IsAsync
            ? $"return {result};"
            : $"return new global::System.Threading.Tasks.ValueTask<object?>({result});");
    }

    /// <summary>What the result holds; of <c>int?</c> that itself, of <c>string?</c> a string.</summary>
    private static string ResultOf(FieldModel field) =>
        field.Type is { IsValueType: true, IsNullable: true } type ? $"{type.CSharp}?" : field.Type.CSharp;

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
