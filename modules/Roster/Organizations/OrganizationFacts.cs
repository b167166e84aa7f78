using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says about an organization.</summary>
internal sealed record OrganizationFacts(
    string SourcedId,
    string Name,
    string Type,
    string? Identifier,
    Guid? ParentId,
    DateTimeOffset? DateLastModified) : IRosterFacts<OrgRecord, OrganizationFacts>
{
    public static string[] References => ["parent_sourced_id"];

    public static void Stage(OrgRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Text(record.Name)
        .Text(record.Type)
        .Text(record.Identifier)
        .Id(ids.OrgOrNone(record.ParentSourcedId))
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.ParentSourcedId);

    public static OrganizationFacts Read(StagedReader r) =>
        new(r.Text(), r.Text(), r.Text(), r.TextOrNull(), r.IdOrNull(), r.InstantOrNull());
}
