using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Statements that write a leaf straight into the response, without boxing it.</summary>
internal static class LeafWriter
{
    /// <summary>Statements that write <paramref name="value"/> to <c>json</c>.</summary>
    public static void Write(CodeWriter code, TypeModel type, string value)
    {
        if (type.Kind is TypeKind.List)
        {
            List(code, type, value, 1);
        }
        else
        {
            code.Line($"{One(type, value)};");
        }
    }

    /// <summary>How to get from a typed id to the key inside; empty for others.</summary>
    public static string Inner(TypeModel type) =>
        type.Wrapped is null ? "" : type.IsNullable ? "?.Value" : ".Value";

    private static void List(CodeWriter code, TypeModel type, string value, int depth)
    {
        var (items, item, comma) = ($"items{depth}", $"item{depth}", $"comma{depth}");
        code.Line($"var {items} = {value};");
        code.Open($"if ({items} is null)").Line("json.WriteNull();").Close().Open("else")
            .Line($"var {comma} = false;").Line("json.WriteRaw(\"[\"u8);").Open($"foreach (var {item} in {items})")
            .Line($"if ({comma}) json.WriteRaw(\",\"u8);")
            .Line($"{comma} = true;");
        if (type.Item!.Kind is TypeKind.List)
        {
            List(code, type.Item, item, depth + 1);
        }
        else
        {
            code.Line($"{One(type.Item, item)};");
        }

        code.Close().Line("json.WriteRaw(\"]\"u8);").Close();
    }

    private static string One(TypeModel type, string value) => type.Kind switch
    {
        TypeKind.Enum => $"json.WriteString({type.SchemaClass}.NameOf({value}))",
        TypeKind.Id when type.IdOf is { } owner =>
            $"{Text.Conventions}NodeId.Write(ref json, \"{owner}:\"u8, {value}{Inner(type)})",
        TypeKind.Id when type.CSharp is "int" or "long" or "short" or "byte" =>
            $"json.WriteString({value}{(type.IsNullable ? "?" : "")}.ToString({Text.Invariant}))",
        TypeKind.Id => $"json.WriteString({value})",
        _ => type.GraphQL switch
        {
            "Boolean" => $"json.WriteBoolean({value})",
            "Int" or "Long" or "Float" or "Decimal" => $"json.WriteNumber({Number(type, value)})",
            _ => $"json.WriteString({value})",
        },
    };

    private static string Number(TypeModel type, string value) => type.CSharp switch
    {
        "short" or "byte" => $"(int{(type.IsNullable ? "?" : "")}){value}",
        "float" => $"(double{(type.IsNullable ? "?" : "")}){value}",
        _ => value,
    };
}
