using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using K12Hub.Contracts;
using K12Hub.OneRosterProvider.Asking;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>Writes values as the REST binding has them. What is not known is left out.</summary>
/// <param name="json">Where to.</param>
/// <param name="baseUrl">What references begin with.</param>
internal sealed class RecordWriter(Utf8JsonWriter json, string baseUrl)
{
    /// <summary>Names stay readable; what could end a script in a page that shows the answer does not.</summary>
    public static readonly JsonWriterOptions Options =
        new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    public Utf8JsonWriter Json => json;

    public void Text(JsonEncodedText name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    public void Texts(JsonEncodedText name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;

        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>In 1.2 yes and no are texts.</summary>
    public void Flag(JsonEncodedText name, bool? value)
    {
        if (value is { } known) json.WriteString(name, known ? "true" : "false");
    }

    public void Date(JsonEncodedText name, DateOnly? value)
    {
        if (value is { } day) json.WriteString(name, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    public void Moment(JsonEncodedText name, DateTimeOffset value) => json.WriteString(
        name, value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    public void Reference(JsonEncodedText name, RosterList list, string? key)
    {
        if (string.IsNullOrEmpty(key)) return;

        json.WritePropertyName(name);
        Reference(list, key);
    }

    public void References(JsonEncodedText name, RosterList list, IReadOnlyList<string> keys)
    {
        json.WriteStartArray(name);
        foreach (var key in keys) Reference(list, key);
        json.WriteEndArray();
    }

    private void Reference(RosterList list, string key)
    {
        json.WriteStartObject();
        json.WriteString("href", $"{baseUrl}/{ProviderRoute.NameOf(list)}/{Uri.EscapeDataString(key)}");
        json.WriteString("sourcedId", key);
        json.WriteString("type", RecordJson.NameOfOne(list));
        json.WriteEndObject();
    }
}
