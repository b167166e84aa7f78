using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Registers the types that fields need besides their own: connections, filters, sorts, enums, inputs. Each
/// adds itself once, whoever comes first.</summary>
internal static class TypeRegistration
{
    public static void Write(CodeWriter code, IEnumerable<FieldModel> fields, References references)
    {
        var all = fields.ToArray();
        var lines = references.Enums.Select(e => $"{e.Type.SchemaClass}.AddTo(schema);")
            .Concat(references.Inputs.Select(i => $"{i.Type.SchemaClass}.AddTo(schema);"))
            .Concat(all.Where(f => f.Type.Kind is TypeKind.Page)
                .Select(f => $"{Text.Conventions}Connections.Add(schema, {Text.Literal(f.Type.GraphQL)});"))
            .Concat(all.Where(f => f.Filtering is not null).Select(f => $"{f.Filtering!.SchemaClass}.AddFilter(schema);"))
            .Concat(all.Where(f => f.Sorting is not null).Select(f => $"{f.Sorting!.SchemaClass}.AddSort(schema);"));
        foreach (var line in lines.Distinct())
        {
            code.Line(line);
        }
    }
}
