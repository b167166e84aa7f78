using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>users.csv. Its password column is never read.</summary>
internal static class UserFile
{
    public static readonly FileColumns Columns = new FileColumns(RosterCollections.Users)
        .Unread("password", "resourceSourcedIds");

    private static readonly BaseColumns common = BaseColumns.Of(Columns);

    private static readonly Column
        enabledUser = Columns.Expected("enabledUser"),
        orgs = Columns.Needed("orgSourcedIds", OneRosterVersion.V11, "orgSourcedId", "orgs"),
        role = Columns.Needed("role", OneRosterVersion.V11),
        username = Columns.Expected("username"),
        userIds = Columns.Expected("userIds"),
        givenName = Columns.Cell("givenName"),
        familyName = Columns.Cell("familyName"),
        middleName = Columns.Expected("middleName"),
        identifier = Columns.Expected("identifier"),
        email = Columns.Expected("email"),
        sms = Columns.Expected("sms"),
        phone = Columns.Expected("phone"),
        agents = Columns.Expected("agentSourcedIds", "agentSourcedId", "agents"),
        grades = Columns.Expected("grades", "grade"),
        master = Columns.ExpectedIn(OneRosterVersion.V12, "userMasterIdentifier"),
        preferredGivenName = Columns.ExpectedIn(
            OneRosterVersion.V12, "preferredGivenName", "prefferedGivenName", "preferredFirstName"),
        preferredMiddleName = Columns.ExpectedIn(OneRosterVersion.V12, "preferredMiddleName", "prefferedMiddleName"),
        preferredFamilyName = Columns.ExpectedIn(
            OneRosterVersion.V12, "preferredFamilyName", "prefferedFamilyName", "preferredLastName"),
        primaryOrg = Columns.ExpectedIn(OneRosterVersion.V12, "primaryOrgSourcedId", "primaryOrg"),
        pronouns = Columns.ExpectedIn(OneRosterVersion.V12, "pronouns"),
        sentRoles = Columns.InRest("roles");

    public static UserRecord? Read(Row row) => Read(row, user => InlineRoles.Of(row, role, orgs, user));

    /// <summary>Reads a user as the REST binding sends it.</summary>
    public static UserRecord? ReadSent(Row row) =>
        Read(row, user => SentRoles.Of(row, (sentRoles, role, orgs), user));

    private static UserRecord? Read(
        Row row, Func<(string, RecordStatus, DateTimeOffset?), IReadOnlyList<RoleRecord>> rolesOf)
    {
        var id = row.OwnId(common.SourcedId);
        var status = common.StatusOf(row);
        var modified = row.Moment(common.DateLastModified);
        var user = new UserRecord
        {
            SourcedId = id,
            Line = row.Line,
            Status = status,
            DateLastModified = modified,
            EnabledUser = Enabled(row),
            Username = row.Text(username),
            UserIds = UserIdentifiers.Of(row, userIds),
            GivenName = row.Text(givenName) ?? "",
            FamilyName = row.Text(familyName) ?? "",
            MiddleName = row.Text(middleName),
            PreferredGivenName = row.Text(preferredGivenName),
            PreferredMiddleName = row.Text(preferredMiddleName),
            PreferredFamilyName = row.Text(preferredFamilyName),
            Pronouns = row.Text(pronouns),
            Identifier = row.Text(identifier),
            Email = row.Text(email),
            Sms = row.Text(sms),
            Phone = row.Text(phone),
            AgentSourcedIds = row.List(agents, ListForm.Keys),
            Grades = row.List(grades, ListForm.Grades),
            UserMasterIdentifier = row.Id(master),
            PrimaryOrgSourcedId = row.Id(primaryOrg),
            Roles = rolesOf((id, status, modified)),
        };

        return row.Rejected ? null : Named(row, user);
    }

    /// <summary>Who is not said to be enabled may not sign in.</summary>
    private static bool Enabled(Row row)
    {
        if (row.Flag(enabledUser, weighs: true) is { } enabled) return enabled;
        if (!row.Rejected && row.Has(enabledUser))
        {
            row.Warn(OneRosterRules.CellLeftOut,
                "enabledUser is empty; the person is taken as not allowed to sign in.", enabledUser);
        }

        return false;
    }

    /// <summary>People with one name exist, and so do systems that send none; nobody is lost for it.</summary>
    private static UserRecord Named(Row row, UserRecord user)
    {
        if (user.GivenName.Length > 0 && user.FamilyName.Length > 0) return user;
        row.LeftOut(user.GivenName.Length == 0 ? givenName : familyName);

        return user.GivenName.Length > 0 || user.FamilyName.Length > 0
            ? user
            : user with { FamilyName = user.Username ?? user.Identifier ?? user.SourcedId };
    }
}
