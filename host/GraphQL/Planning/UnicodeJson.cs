using System.Text.Json;
using System.Text.Unicode;

namespace K12Hub.GraphQL.Planning;

/// <summary>Whether all strings of a JSON text are Unicode. JSON may hold others, which then cannot be read.</summary>
internal static class UnicodeJson
{
    /// <summary>Whether they are.</summary>
    /// <param name="json">One JSON value without a fault in its grammar, or nothing.</param>
    public static bool Holds(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return false;

        // Surrogates come as escapes, and hardly any text has them.
        return json.IndexOf("\\u"u8) < 0 || EscapesArePaired(json);
    }

    private static bool EscapesArePaired(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
