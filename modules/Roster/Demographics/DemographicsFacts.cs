using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says about a student that needs a permission of its own.</summary>
internal sealed record DemographicsFacts(
    string SourcedId,
    Guid PersonId,
    DateOnly? BirthDate,
    string? Sex,
    bool? AmericanIndianOrAlaskaNative,
    bool? Asian,
    bool? BlackOrAfricanAmerican,
    bool? NativeHawaiianOrOtherPacificIslander,
    bool? White,
    bool? TwoOrMoreRaces,
    bool? HispanicOrLatino,
    string? CountryOfBirthCode,
    string? StateOfBirth,
    string? CityOfBirth,
    string? PublicSchoolResidenceStatus,
    DateTimeOffset? DateLastModified) : IRosterFacts<DemographicsRecord, DemographicsFacts>
{
    public static string[] References => [];

    public static void Stage(DemographicsRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Id(ids.User(record.SourcedId))
        .Date(record.BirthDate)
        .Text(record.Sex)
        .Flag(record.AmericanIndianOrAlaskaNative)
        .Flag(record.Asian)
        .Flag(record.BlackOrAfricanAmerican)
        .Flag(record.NativeHawaiianOrOtherPacificIslander)
        .Flag(record.White)
        .Flag(record.DemographicRaceTwoOrMoreRaces)
        .Flag(record.HispanicOrLatinoEthnicity)
        .Text(record.CountryOfBirthCode)
        .Text(record.StateOfBirthAbbreviation)
        .Text(record.CityOfBirth)
        .Text(record.PublicSchoolResidenceStatus)
        .Hashed()
        .Instant(record.DateLastModified);

    public static DemographicsFacts Read(StagedReader r) => new(
        r.Text(), r.Id(), r.DateOrNull(), r.TextOrNull(), r.FlagOrNull(), r.FlagOrNull(), r.FlagOrNull(),
        r.FlagOrNull(), r.FlagOrNull(), r.FlagOrNull(), r.FlagOrNull(), r.TextOrNull(), r.TextOrNull(),
        r.TextOrNull(), r.TextOrNull(), r.InstantOrNull());
}
