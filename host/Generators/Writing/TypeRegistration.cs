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
            .Concat(references.Abstracts.Select(a => $"{a.Type.SchemaClass}.AddTo(schema);"))
            .Concat(references.Inputs.Select(i => $"{i.Type.SchemaClass}.AddTo(schema);"))
            .Concat(all.Where(f => f.Type.Kind is TypeKind.Page)
                .Select(f => $"{Text.Conventions}Connections.Add(schema, {Text.Literal(f.Type.GraphQL)}" +
                    $"{(f.IsWithoutTotal ? ", includeTotalCount: false" : "")});"))
            .Concat(all.Select(f => f.Filtering).OfType<RowModel>().Select(r => $"{r.SchemaClass}.AddFilter(schema);"))
            .Concat(all.Select(f => f.Sorting).OfType<RowModel>().Select(r => $"{r.SchemaClass}.AddSort(schema);"));
        foreach (var line in lines.Distinct())
        {
            code.Line(line);
        }
    }
}
