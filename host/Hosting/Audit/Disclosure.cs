namespace K12Hub.Hosting;

/// <summary>To whom records of students go that leave the district, as 34 CFR 99.32 asks for it.</summary>
/// <param name="Party">Who gets them.</param>
/// <param name="Interest">The legitimate interest the party has in them.</param>
/// <param name="Basis">Why they may be disclosed without consent, or that there is consent: schoolOfficial, consent,
/// directoryInformation, otherSchool, audit, study, order, emergency, other.</param>
public sealed record Disclosure(string Party, string Interest, string Basis);
