using System.Text.Json;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Records;

namespace K12Hub.OneRoster.Rest.Wire;

/// <summary>Takes the objects of a collection apart into cells, one object at a time.</summary>
/// <remarks>A method that answers false has met the end of what was received so far; the whole object is then read
/// again when more has come.</remarks>
internal sealed class WireRow(WireTable table, IReadOnlyDictionary<string, string> roleWords)
{
    private static readonly byte[][] roleProperties =
        [.. SentRoles.Properties.Select(name => System.Text.Encoding.ASCII.GetBytes(name))];

    private readonly List<(byte[] Name, int Ordinal)> expected = [];
    private readonly CellBuffer cells = new(table.Columns.All.Count);
    private readonly CellText[] roleFields = [.. roleProperties.Select(_ => new CellText())];

    /// <summary>The cells of the object read last.</summary>
    public CellBuffer Cells => cells;

    /// <summary>Reads an object whose first brace has been read.</summary>
    public bool TryRead(ref Utf8JsonReader json)
    {
        cells.Clear();
        for (var place = 0; ; place++)
        {
            if (!json.Read()) return false;
            if (json.TokenType is JsonTokenType.EndObject) return true;
            var ordinal = OrdinalOf(ref json, place);
            if (!json.Read()) return false;
            if (ordinal < 0 ? !json.TrySkip() : !TryCell(ref json, ordinal)) return false;
        }
    }

    /// <summary>Senders repeat the order of properties from object to object: the name is mostly the expected
    /// one.</summary>
    private int OrdinalOf(ref Utf8JsonReader json, int place)
    {
        if (place < expected.Count && json.ValueSpan.SequenceEqual(expected[place].Name) && !json.ValueIsEscaped)
            return expected[place].Ordinal;

        var ordinal = table.OrdinalOf(json.ValueSpan);
        if (place < expected.Count) expected[place] = (json.ValueSpan.ToArray(), ordinal);
        else if (place < 256) expected.Add((json.ValueSpan.ToArray(), ordinal));

        return ordinal;
    }

    private bool TryCell(ref Utf8JsonReader json, int ordinal)
    {
        // A property may be sent under two names; an empty one must not hide the other.
        if (json.TokenType is JsonTokenType.Null) return true;
        if (cells.IsFilled(ordinal)) return json.TrySkip();
        cells.Begin(ordinal, isList: json.TokenType is JsonTokenType.StartArray);
        var done = json.TokenType is JsonTokenType.StartArray
            ? TryList(ref json, ordinal)
            : TryPart(ref json, ordinal, cells.Text);
        cells.End(ordinal);

        return done;
    }

    private bool TryList(ref Utf8JsonReader json, int ordinal)
    {
        var first = true;
        while (true)
        {
            if (!json.Read()) return false;
            if (json.TokenType is JsonTokenType.EndArray) return true;
            if (json.TokenType is JsonTokenType.Null) continue;
            if (!first) cells.Text.Add(Row.PartSeparator);
            first = false;
            if (!TryPart(ref json, ordinal, cells.Text)) return false;
        }
    }

    private bool TryPart(ref Utf8JsonReader json, int ordinal, CellText text)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartArray:
                return json.TrySkip();
            case JsonTokenType.StartObject:
                return table.ObjectsOf(ordinal) switch
                {
                    WireObject.UserId => TryUserId(ref json, text),
                    WireObject.Role => TryRole(ref json, text),
                    _ => TryReference(ref json, text),
                };
            default:
                if (table.IsRole(ordinal)) AddRole(ref json, text);
                else text.Add(ref json);
                return true;
        }
    }

    private static bool TryReference(ref Utf8JsonReader json, CellText text)
    {
        while (true)
        {
            if (!json.Read()) return false;
            if (json.TokenType is JsonTokenType.EndObject) return true;
            var isKey = json.ValueTextEquals("sourcedId"u8);
            if (!json.Read()) return false;
            if (isKey && IsScalar(ref json)) text.Add(ref json);
            else if (!json.TrySkip()) return false;
        }
    }

    private bool TryUserId(ref Utf8JsonReader json, CellText text)
    {
        var (type, identifier) = (roleFields[0], roleFields[1]);
        type.Clear();
        identifier.Clear();
        while (true)
        {
            if (!json.Read()) return false;
            if (json.TokenType is JsonTokenType.EndObject) break;
            var field = json.ValueTextEquals("type"u8) ? type
                : json.ValueTextEquals("identifier"u8) ? identifier
                : null;
            if (!json.Read()) return false;
            if (field is not null && IsScalar(ref json)) field.Add(ref json);
            else if (!json.TrySkip()) return false;
        }

        text.Add(type).Add(Row.FieldSeparator).Add(identifier);
        return true;
    }

    private bool TryRole(ref Utf8JsonReader json, CellText text)
    {
        foreach (var field in roleFields) field.Clear();
        while (true)
        {
            if (!json.Read()) return false;
            if (json.TokenType is JsonTokenType.EndObject) break;
            var at = RolePropertyAt(ref json);
            if (!json.Read()) return false;
            if (at < 0 || json.TokenType is JsonTokenType.StartArray)
            {
                if (!json.TrySkip()) return false;
            }
            else if (json.TokenType is JsonTokenType.StartObject)
            {
                if (!TryReference(ref json, roleFields[at])) return false;
            }
            else if (at == 0) AddRole(ref json, roleFields[at]);
            else roleFields[at].Add(ref json);
        }

        for (var i = 0; i < roleFields.Length; i++)
        {
            if (i > 0) text.Add(Row.FieldSeparator);
            text.Add(roleFields[i]);
        }

        return true;
    }

    private static int RolePropertyAt(ref Utf8JsonReader json)
    {
        for (var i = 0; i < roleProperties.Length; i++)
            if (json.ValueTextEquals(roleProperties[i])) return i;

        return json.ValueTextEquals("orgSourcedId"u8) ? roleProperties.Length - 1 : -1;
    }

    private void AddRole(ref Utf8JsonReader json, CellText text)
    {
        if (roleWords.Count > 0 && json.TokenType is JsonTokenType.String
            && roleWords.TryGetValue(json.GetString()!.Trim(), out var word))
        {
            text.Add(word);
        }
        else
        {
            text.Add(ref json);
        }
    }

    private static bool IsScalar(ref Utf8JsonReader json) => json.TokenType
        is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False
        or JsonTokenType.Null;
}
