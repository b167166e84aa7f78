using System.Text.Json;

namespace K12Hub.Hosting;

/// <summary>To whom records of students go that leave the district, as 34 CFR 99.32 asks for it.</summary>
/// <param name="Party">Who gets them.</param>
/// <param name="Interest">The legitimate interest the party has in them.</param>
/// <param name="Basis">Why they may be disclosed without consent, or that there is consent: schoolOfficial, consent,
/// directoryInformation, otherSchool, audit, study, order, emergency, other.</param>
public sealed record Disclosure(string Party, string Interest, string Basis)
{
    /// <summary>The kind of such records, as it is stored.</summary>
    internal const string Kind = "disclosure";

    /// <summary>As it is stored with a record.</summary>
    internal string Write() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <summary>What was stored with a record.</summary>
    internal static Disclosure? Read(string stored) =>
        JsonSerializer.Deserialize<Disclosure>(stored, JsonSerializerOptions.Web);
}
