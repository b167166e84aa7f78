using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace K12Hub.Hosting;

/// <summary>To whom records of students go that leave the district, as 34 CFR 99.32 asks for it.</summary>
/// <param name="Party">Who gets them; null once the student is erased, where somebody wrote it down.</param>
/// <param name="Interest">The legitimate interest the party has in them; null once the student is erased, where
/// somebody wrote it down.</param>
/// <param name="Basis">Why they may be disclosed without consent, or that there is consent: schoolOfficial, consent,
/// directoryInformation, otherSchool, audit, study, order, emergency, other.</param>
public sealed record Disclosure(string? Party, string? Interest, string Basis)
{
    /// <summary>The kind of such records, as it is stored.</summary>
    internal const string Kind = "disclosure";

    // Stored for ever: what was not said has never been there.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    // Sealed, so that nothing has to be escaped.
    private static readonly JsonSerializerOptions Words = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The day they went, where somebody wrote it down who had sent them; null where this program sent them,
    /// at the moment of the record.</summary>
    public DateOnly? MadeOn { get; init; }

    /// <summary>How they went, where this program did not send them: paper, phone, email, inPerson, other.</summary>
    public string? Means { get; init; }

    /// <summary>Whether party and interest were written down and cannot be read: the record is damaged, or the key of
    /// the student is lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsDamaged { get; init; }

    /// <summary>As it is stored with a record.</summary>
    internal string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>As it is stored with a record where people wrote the words: they are sealed, the rest is
    /// not.</summary>
    internal (string Detail, string Words) WriteApart() => (
        (this with { Party = null, Interest = null }).Write(),
        JsonSerializer.Serialize(new { Party, Interest }, Words));

    /// <summary>What was stored with a record.</summary>
    internal static Disclosure? Read(string stored) => JsonSerializer.Deserialize<Disclosure>(stored, Json);
}
