using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes an input object of the schema and how its C# object is made.</summary>
internal static class InputWriter
{
    public static string Write(InputModel model)
    {
        var code = CodeWriter.File([]).Namespace(model.Type.SchemaNamespace);
        code.Open($"internal static class {model.Type.SchemaName}")
            .Open($"internal static void AddTo({Text.Builder} schema)")
            .Line($"if (schema.HasType({Text.Literal(model.Type.GraphQL)})) return;");
        Type(code, model, model.Description);
        Construct(code.Close().Line(), model);
        return code.Close().ToString();
    }

    /// <summary>The statement that adds the type; it calls <c>Construct</c>.</summary>
    public static void Type(CodeWriter code, InputModel model, string? description) => code
        .Line($"schema.AddType(new {Text.Types}InputObjectType({Text.Literal(model.Type.GraphQL)})").Open()
        .Line($"Description = {Text.Literal(description)},")
        .Line($"IsOneOf = {(model.IsOneOf ? "true" : "false")},")
        .Line("Construct = static values => Construct(new " + Text.Conventions + "InputValues(values)),")
        .Line("Fields =").Line("[")
        .Indented(c => FieldWriter.Inputs(c, model.Fields))
        .Line("],").Close(");");

    /// <summary>The method that makes the C# object.</summary>
    public static void Construct(CodeWriter code, InputModel model)
    {
        var values = model.Fields.Select(field => (field.CSharp, Value: ParameterWriter.Argument(field, "values")));
        var arguments = model.IsPositional
            ? "(" + string.Join(", ", values.Select(v => $"{v.CSharp}: {v.Value}")) + ")"
            : "() { " + string.Join(", ", values.Select(v => $"{v.CSharp} = {v.Value}")) + " }";
        code.Line($"private static {model.Type.CSharp} Construct({Text.Conventions}InputValues values) =>")
            .Indented(c => c.Line($"new {model.Type.CSharp}{arguments};"));
    }
}
