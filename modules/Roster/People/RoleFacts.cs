using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says a person is at an organization.</summary>
internal sealed record RoleFacts(
    string SourcedId,
    Guid PersonId,
    Guid OrganizationId,
    string Role,
    bool IsPrimary,
    DateOnly? BeginDate,
    DateOnly? EndDate,
    DateTimeOffset? DateLastModified) : IRosterFacts<RoleRecord, RoleFacts>
{
    public static string[] References => ["user_sourced_id", "org_sourced_id"];

    public static void Stage(RoleRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Id(ids.User(record.UserSourcedId))
        .Id(ids.Org(record.OrgSourcedId))
        .Text(record.Role)
        .Flag(record.Primary)
        .Date(record.BeginDate)
        .Date(record.EndDate)
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.UserSourcedId)
        .Text(record.OrgSourcedId);

    public static RoleFacts Read(StagedReader r) => new(
        r.Text(), r.Id(), r.Id(), r.Text(), r.Flag(), r.DateOrNull(), r.DateOrNull(), r.InstantOrNull());
}
