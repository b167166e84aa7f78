using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes an interface or union of the schema.</summary>
internal static class AbstractWriter
{
    public static string Write(AbstractWithMembers model)
    {
        var type = model.Type;
        var code = CodeWriter.File([]).Namespace(type.Type.SchemaNamespace);
        code.Open($"internal static class {type.Type.SchemaName}");
        AccessWriter.Members(code, type.Access);
        code.Line().Open($"internal static void AddTo({Text.Builder} schema)")
            .Line($"if (schema.HasType({Text.Literal(type.Type.GraphQL)})) return;")
            .Line($"schema.AddType(new {Text.Types}{(type.IsUnion ? "Union" : "Interface")}Type(" +
                $"{Text.Literal(type.Type.GraphQL)})")
            .Open()
            .Line($"Description = {Text.Literal(type.Description)},");
        if (type.IsUnion)
        {
            var members = model.Members.Select(member => Text.Literal(member.Member)).Distinct();
            code.Line($"MemberReferences = [{string.Join(", ", members.OrderBy(n => n, StringComparer.Ordinal))}],");
        }
        else
        {
            Fields(code, type);
        }

        return code.Close(");").Close().Close().ToString();
    }

    private static void Fields(CodeWriter code, AbstractModel type)
    {
        code.Line($"InterfaceReferences = [{string.Join(", ", type.Interfaces.Select(Text.Literal))}],")
            .Line("Fields =").Line("[");
        foreach (var field in type.Fields)
        {
            var properties = string.Join(", ", Text.Properties(
                ("Description", field.Description), ("DeprecationReason", field.Deprecation)));
            code.Indented(c => c.Line($"new {Text.Types}FieldDefinition({Text.Literal(field.Name)}, " +
                $"{Text.Literal(field.Type.Sdl)}) {{ {properties} }},"));
        }

        code.Line("],");
    }
}
