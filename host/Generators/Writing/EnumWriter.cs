using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes an enum of the schema.</summary>
internal static class EnumWriter
{
    public static string Write(EnumModel model)
    {
        var code = CodeWriter.File([]).Namespace(model.Type.SchemaNamespace);
        code.Open($"internal static class {model.Type.SchemaName}")
            .Open($"internal static void AddTo({Text.Builder} schema)")
            .Line($"if (schema.HasType({Text.Literal(model.Type.GraphQL)})) return;")
            .Line($"schema.AddType(new {Text.Types}EnumType({Text.Literal(model.Type.GraphQL)})").Open()
            .Line($"Description = {Text.Literal(model.Description)},")
            .Line("Values =").Line("[")
            .Indented(c =>
            {
                foreach (var value in model.Values)
                {
                    var properties = Text.Properties(
                        ("Description", value.Description), ("DeprecationReason", value.Deprecation))
                        .Prepend($"Value = {model.Type.CSharp}.{value.Member}");
                    c.Line($"new {Text.Types}EnumValueDefinition({Text.Literal(value.Name)}) " +
                        $"{{ {string.Join(", ", properties)} }},");
                }
            })
            .Line("],").Close(");").Close().Line();
        Name(code, model);
        code.Line()
            .Line($"internal static string? NameOf({model.Type.CSharp}? value) => " +
                "value is { } known ? NameOf(known) : null;");
        return code.Close().ToString();
    }

    private static void Name(CodeWriter code, EnumModel model)
    {
        code.Line($"internal static string NameOf({model.Type.CSharp} value) => value switch").Open();
        foreach (var value in model.Values)
        {
            code.Line($"{model.Type.CSharp}.{value.Member} => {Text.Literal(value.Name)},");
        }

        code.Line($"_ => throw new global::System.InvalidOperationException(" +
            $"$\"{model.Type.GraphQL} has no value for {{value}}.\"),").Close(";");
    }
}
