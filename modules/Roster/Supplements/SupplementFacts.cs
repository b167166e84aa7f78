using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a supplementary file says of a person.</summary>
internal sealed record SupplementFacts(
    string SourcedId,
    Guid PersonId,
    string? HomeLanguage,
    string? ContactLanguage,
    bool? InterpreterNeeded,
    string? ExitReason,
    string? ExitDestination,
    string? FundingCategory,
    string[] Households,
    DateTimeOffset? DateLastModified) : IRosterFacts<SupplementRecord, SupplementFacts>
{
    public static string[] References => [];

    public static void Stage(SupplementRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Id(ids.User(record.SourcedId))
        .Text(record.HomeLanguage)
        .Text(record.ContactLanguage)
        .Flag(record.InterpreterNeeded)
        .Text(record.ExitReason)
        .Text(record.ExitDestination)
        .Text(record.FundingCategory)
        .Texts(record.Households)
        .Hashed()
        .Instant(record.DateLastModified);

    public static SupplementFacts Read(StagedReader r) => new(
        r.Text(), r.Id(), r.TextOrNull(), r.TextOrNull(), r.FlagOrNull(), r.TextOrNull(), r.TextOrNull(),
        r.TextOrNull(), r.Texts(), r.InstantOrNull());
}
