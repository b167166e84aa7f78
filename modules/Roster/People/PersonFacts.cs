using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What a source says about a person.</summary>
/// <remarks><see cref="RoleIds"/> are the roles sent within the user (1.1 and REST): a person who moves to another
/// school is then a changed user, as the file says.</remarks>
internal sealed record PersonFacts(
    string SourcedId,
    bool Enabled,
    string? Username,
    string[] UserIds,
    string GivenName,
    string FamilyName,
    string? MiddleName,
    string? PreferredGivenName,
    string? PreferredMiddleName,
    string? PreferredFamilyName,
    string? Pronouns,
    string? Identifier,
    string? Email,
    string? Sms,
    string? Phone,
    Guid[] AgentIds,
    string[] Grades,
    string? UserMasterIdentifier,
    Guid? PrimaryOrganizationId,
    Guid[] RoleIds,
    DateTimeOffset? DateLastModified) : IRosterFacts<UserRecord, PersonFacts>
{
    public static string[] References => ["primary_org_sourced_id", "agent_sourced_ids"];

    public static void Stage(UserRecord record, RosterIds ids, CopyRow row) => row
        .Text(record.SourcedId)
        .Flag(record.EnabledUser)
        .Text(record.Username)
        .Texts([.. record.UserIds.Select(id => $"{id.Type}:{id.Identifier}")])
        .Text(record.GivenName)
        .Text(record.FamilyName)
        .Text(record.MiddleName)
        .Text(record.PreferredGivenName)
        .Text(record.PreferredMiddleName)
        .Text(record.PreferredFamilyName)
        .Text(record.Pronouns)
        .Text(record.Identifier)
        .Text(record.Email)
        .Text(record.Sms)
        .Text(record.Phone)
        .Ids(record.AgentSourcedIds, ids.User)
        .Texts(record.Grades)
        .Text(record.UserMasterIdentifier)
        .Id(ids.OrgOrNone(record.PrimaryOrgSourcedId))
        .Ids([.. record.Roles.Select(role => role.SourcedId)], ids.Role)
        .Hashed()
        .Instant(record.DateLastModified)
        .Text(record.PrimaryOrgSourcedId)
        .Texts(record.AgentSourcedIds);

    public static PersonFacts Read(StagedReader r) => new(
        r.Text(), r.Flag(), r.TextOrNull(), r.Texts(), r.Text(), r.Text(), r.TextOrNull(), r.TextOrNull(),
        r.TextOrNull(), r.TextOrNull(), r.TextOrNull(), r.TextOrNull(), r.TextOrNull(), r.TextOrNull(),
        r.TextOrNull(), r.Ids(), r.Texts(), r.TextOrNull(), r.IdOrNull(), r.Ids(), r.InstantOrNull());
}
