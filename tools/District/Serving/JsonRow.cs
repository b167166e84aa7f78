using System.Buffers;
using System.Text.Json;

namespace K12Hub.District.Serving;

/// <summary>Writes the properties of one record as the REST binding has them, with the faults wanted.</summary>
/// <param name="faults">What goes wrong.</param>
/// <param name="version">1.1 has booleans where 1.2 has strings.</param>
internal sealed class JsonRow(Faults faults, string version)
{
    private readonly ArrayBufferWriter<byte> buffer = new();
    private int flags;

    /// <summary>The properties after sourcedId, status and dateLastModified, each with a comma before it.</summary>
    public byte[] Tail(
        IReadOnlyList<JsonField> fields, ReadOnlySpan<string?> cells, IReadOnlyList<string?[]>? roles)
    {
        buffer.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            for (var i = 0; i < fields.Count; i++) Write(json, fields[i], cells[i]);
            Extensions(json, fields, cells);
            if (roles is not null) Roles(json, roles);
            if (fields.Any(field => field.Column == "password")) Password(json);
            json.WriteEndObject();
        }

        var written = buffer.WrittenSpan[1..^1];
        return written.IsEmpty ? [] : [(byte)',', .. written];
    }

    private void Write(Utf8JsonWriter json, JsonField field, string? cell)
    {
        if (field.Form is JsonForm.Left or JsonForm.Extension) return;
        if (field.Name == "agents" && faults.Has("noAgents")) cell = null;
        if (string.IsNullOrEmpty(cell))
        {
            if (faults.Has("nulls")) json.WriteNull(field.Name);
            return;
        }

        var refers = field.Form is JsonForm.Reference or JsonForm.References;
        json.WritePropertyName(refers && faults.Has("stringRefs") ? field.Column : field.Name);
        Value(json, field, cell);
    }

    private void Value(Utf8JsonWriter json, JsonField field, string cell)
    {
        switch (field.Form)
        {
            case JsonForm.Flag:
                Flag(json, cell == "true");
                break;
            case JsonForm.Reference:
                Reference(json, field.Type, cell);
                break;
            case JsonForm.Texts or JsonForm.References:
                json.WriteStartArray();
                foreach (var part in cell.Split(','))
                {
                    if (field.Form is JsonForm.Texts) json.WriteStringValue(part);
                    else Reference(json, field.Type, part);
                }

                json.WriteEndArray();
                break;
            case JsonForm.UserIds:
                UserIds(json, cell);
                break;
            default:
                json.WriteStringValue(field.Name == "role" ? Role(cell) : cell);
                break;
        }
    }

    private string Role(string role) => faults.Has("roleMap") && role == "teacher" ? "Faculty" : role;

    private void Flag(Utf8JsonWriter json, bool value)
    {
        if (faults.Has("oddBooleans"))
        {
            switch (flags++ % 3)
            {
                case 0: json.WriteStringValue(value ? "True" : "False"); return;
                case 1: json.WriteStringValue(value ? "t" : "f"); return;
                default: json.WriteNumberValue(value ? 1 : 0); return;
            }
        }

        if (version == "1.1") json.WriteBooleanValue(value);
        else json.WriteStringValue(value ? "true" : "false");
    }

    private void Reference(Utf8JsonWriter json, string type, string id)
    {
        if (faults.Has("upper")) id = id.Any(char.IsAsciiLetterLower) ? id.ToUpperInvariant() : id.ToLowerInvariant();
        if (faults.Has("braces")) id = $"{{{id}}}";
        if (faults.Has("trim")) id += "  ";
        if (faults.Has("stringRefs"))
        {
            json.WriteStringValue(id);
            return;
        }

        json.WriteStartObject();
        // A host that does not exist: nobody may follow it.
        json.WriteString("href", $"https://sis.invalid/{type}s/{id}");
        json.WriteString("sourcedId", id);
        json.WriteString("type", type);
        json.WriteEndObject();
    }

    private static void UserIds(Utf8JsonWriter json, string cell)
    {
        json.WriteStartArray();
        foreach (var one in cell.Split(',').Select(part => part.Trim('{', '}').Split(':', 2)))
        {
            json.WriteStartObject();
            json.WriteString("type", one[0]);
            json.WriteString("identifier", one[1]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Extensions(Utf8JsonWriter json, IReadOnlyList<JsonField> fields, ReadOnlySpan<string?> cells)
    {
        if (fields.All(field => field.Form is not JsonForm.Extension)) return;
        json.WriteStartObject("metadata");
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i].Form is JsonForm.Extension && !string.IsNullOrEmpty(cells[i]))
                json.WriteString(fields[i].Name, cells[i]);
        }

        json.WriteEndObject();
    }

    /// <param name="json">Where to.</param>
    /// <param name="roles">For each role: type, role and organization.</param>
    private void Roles(Utf8JsonWriter json, IReadOnlyList<string?[]> roles)
    {
        json.WriteStartArray("roles");
        foreach (var role in roles)
        {
            json.WriteStartObject();
            json.WriteString("roleType", role[0]);
            json.WriteString("role", Role(role[1]!));
            json.WritePropertyName(faults.Has("stringRefs") ? "orgSourcedId" : "org");
            Reference(json, "org", role[2]!);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Password(Utf8JsonWriter json)
    {
        if (!faults.Has("passwords")) return;
        json.WriteString("password", "never-store-me");
        json.WriteStartArray("userProfiles");
        json.WriteStartObject();
        json.WriteString("profileId", "p");
        json.WriteStartArray("credentials");
        json.WriteStartObject();
        json.WriteString("username", "someone");
        json.WriteString("password", "never-store-me");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
