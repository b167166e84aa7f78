using System.Text.Json;
using K12Hub.Contracts;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>A property of a record, and how it is written.</summary>
internal sealed record JsonProperty(string Name, Action<RecordWriter, RosterRecord> Write);

/// <summary>Properties of one type of record.</summary>
internal static class Of<T>
    where T : RosterRecord
{
    public static JsonProperty Text(string name, Func<T, string?> value) =>
        Make(name, (to, property, record) => to.Text(property, value(record)));

    /// <summary>A word of a vocabulary. What is none of its words is an extension of the standard's kind.</summary>
    public static JsonProperty Word(string name, Func<T, string> value, params string[] vocabulary) =>
        Make(name, (to, property, record) => to.Text(property, Vocabulary.Fit(value(record), vocabulary)));

    public static JsonProperty Texts(string name, Func<T, IReadOnlyList<string>> value) =>
        Make(name, (to, property, record) => to.Texts(property, value(record)));

    public static JsonProperty Flag(string name, Func<T, bool?> value) =>
        Make(name, (to, property, record) => to.Flag(property, value(record)));

    public static JsonProperty Date(string name, Func<T, DateOnly?> value) =>
        Make(name, (to, property, record) => to.Date(property, value(record)));

    public static JsonProperty Reference(string name, RosterList list, Func<T, string?> key) =>
        Make(name, (to, property, record) => to.Reference(property, list, key(record)));

    public static JsonProperty References(string name, RosterList list, Func<T, IReadOnlyList<string>> keys) =>
        Make(name, (to, property, record) => to.References(property, list, keys(record)));

    public static JsonProperty Make(string name, Action<RecordWriter, JsonEncodedText, T> write)
    {
        var property = JsonEncodedText.Encode(name);
        return new(name, (to, record) => write(to, property, (T)record));
    }

    /// <summary>A property that the standard has and we know nothing of: it may be asked for.</summary>
    public static JsonProperty Never(string name) => new(name, (_, _) => { });
}

/// <summary>Words of the standard.</summary>
internal static class Vocabulary
{
    private const string Extension = "ext:";

    /// <summary>The word if it is one; else the extension it stands for.</summary>
    public static string Fit(string word, IReadOnlyList<string> vocabulary) =>
        vocabulary.Contains(word) || word.StartsWith(Extension, StringComparison.Ordinal)
            ? word
            : Extension + string.Concat(word.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_'));
}
