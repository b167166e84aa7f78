using System.Globalization;
using System.Text;

namespace K12Hub.GraphQL.Language;

/// <summary>Writes values; each level is written once, so deep values stay cheap.</summary>
internal static class ValuePrinter
{
    /// <summary>Columns a list or object may take before it is broken into lines.</summary>
    public const int LongestLine = 80;

    public static string Print(ValueNode value) => value switch
    {
        VariableNode variable => $"${variable.Name.Value}",
        IntValueNode number => number.Value,
        FloatValueNode number => number.Value,
        StringValueNode { IsBlock: true } text => Block(text.Value),
        StringValueNode text => Quoted(text.Value),
        BooleanValueNode boolean => boolean.Value ? "true" : "false",
        EnumValueNode name => name.Value,
        ListValueNode list => List(list),
        ObjectValueNode fields => Object(fields),
        _ => "null",
    };

    public static string Field(ObjectFieldNode field) => $"{field.Name.Value}: {Print(field.Value)}";

    public static string Indent(string text) => "  " + text.Replace("\n", "\n  ", StringComparison.Ordinal);

    /// <summary>A text between double quotes, everything escaped that must or should be.</summary>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var character in text)
        {
            _ = character switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\b' => quoted.Append("\\b"),
                '\f' => quoted.Append("\\f"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                < ' ' or (>= '\u007F' and <= '\u009F') =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}"),
                _ => quoted.Append(character),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static string Block(string text)
    {
        var block = new StringBuilder();
        BlockString.Print(block, text, minimize: false);
        return block.ToString();
    }

    private static string List(ListValueNode list)
    {
        var values = list.Values.Select(Print).ToList();
        var line = $"[{string.Join(", ", values)}]";
        return line.Length > LongestLine ? $"[\n{Indent(string.Join('\n', values))}\n]" : line;
    }

    private static string Object(ObjectValueNode node)
    {
        if (node.Fields.IsEmpty) return "{  }";

        var fields = node.Fields.Select(Field).ToList();
        var line = $"{{ {string.Join(", ", fields)} }}";
        return line.Length > LongestLine ? $"{{\n{Indent(string.Join('\n', fields))}\n}}" : line;
    }
}
