using System.Globalization;
using System.Text;
using System.Text.Json;

namespace K12Hub.GraphQL.Conformance;

/// <summary>
/// Strings of requests. Half a surrogate pair, which <see cref="JsonElement.GetString"/> refuses, must reach the lexer.
/// </summary>
internal static class JsonText
{
    public static string Of(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Unescape(value.GetRawText().AsSpan()[1..^1]);
        }
    }

    private static string Unescape(ReadOnlySpan<char> raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] is not '\\')
            {
                text.Append(raw[i]);
                continue;
            }

            i++;
            text.Append(raw[i] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => (char)ushort.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, null),
                var plain => plain,
            });
            if (raw[i] is 'u') i += 4;
        }

        return text.ToString();
    }
}
