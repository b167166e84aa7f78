using System.Text.Json;

namespace K12Hub.GraphQL.Planning;

/// <summary>Measures variables in one walk over their text, which ends at the first limit that is passed.</summary>
internal readonly struct VariableSize
{
    private VariableSize(PassedLimit passed, string? variable) => (Passed, Variable) = (passed, variable);

    /// <summary>The limit that is passed; null when there is none.</summary>
    public PassedLimit? Passed { get; }

    /// <summary>The variable in which it is too much; null when they are only together.</summary>
    public string? Variable { get; }

    /// <summary>Holds variables to the limits. What is no JSON is within them.</summary>
    public static VariableSize Of(ReadOnlySpan<byte> json, VariableLimits limits)
    {
        if (json.Length > limits.MaxBytes)
        {
            return new VariableSize(new PassedLimit("bytes", limits.MaxBytes, json.Length), null);
        }

        return IsSmall(json, limits) ? default : Walk(json, limits);
    }

    // Each value and its comma take two bytes at least, each object or list its bracket.
    private static bool IsSmall(ReadOnlySpan<byte> json, VariableLimits limits) =>
        json.Length / 2 < limits.MaxListLength
        && json.Length / 2 < limits.MaxValues
        && json.Count((byte)'{') + json.Count((byte)'[') <= limits.MaxDepth;

    private static VariableSize Walk(ReadOnlySpan<byte> json, VariableLimits limits)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        Span<int> items = stackalloc int[limits.MaxDepth + 1];
        items[0] = int.MinValue;
        var (values, variable) = (0, (string?)null);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.PropertyName)
                {
                    if (reader.CurrentDepth == 1) variable = reader.GetString();
                    continue;
                }

                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray) continue;

                // The depth of a value is that of what it stands in.
                var depth = reader.CurrentDepth;
                var isOpening = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
                if (isOpening && depth >= limits.MaxDepth) return Pass("depth", limits.MaxDepth, depth + 1);
                if (isOpening) items[depth + 1] = reader.TokenType is JsonTokenType.StartArray ? 0 : int.MinValue;
                if (++values > limits.MaxValues + 1) return Pass("values", limits.MaxValues, values - 1);
                var count = ++items[depth];
                if (count > limits.MaxListLength) return Pass("listLength", limits.MaxListLength, count);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Whoever reads it says what is wrong.
        }

        return default;

        VariableSize Pass(string measure, int limit, int actual) =>
            new(new PassedLimit(measure, limit, actual), variable);
    }
}
