using System.Text;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>The roles of a user as the REST binding sends them: a list of roles (1.2), or one role and organizations
/// (1.1). A role that is no word of the standard gives no rights and costs nobody her record: it is left out.</summary>
internal static class SentRoles
{
    /// <summary>Properties of a role in the order in which they are kept: one that is always there on either end, since
    /// a cell is trimmed.</summary>
    public static readonly string[] Properties = ["role", "beginDate", "endDate", "roleType", "org"];

    private const string Primary = "primary";

    private static readonly Vocabulary roles = new("administrator", "aide", "guardian", "parent", "proctor", "relative",
        "student", "teacher", "counselor", "districtAdministrator", "principal", "siteAdministrator",
        "systemAdministrator");

    public static IReadOnlyList<RoleRecord> Of(Row row, (Column Roles, Column Role, Column Orgs) columns,
        (string Id, RecordStatus Status, DateTimeOffset? Modified) user)
    {
        var made = new List<RoleRecord>(1);
        if (row.TryParts(columns.Roles, ListForm.Keys, out var parts))
        {
            foreach (var part in parts) Add(row, columns.Roles, row.Fields(part), user, made);
            return made;
        }

        if (row.Text(columns.Role) is not { } role) return made;
        var orgs = row.List(columns.Orgs, ListForm.Keys);
        if (orgs.Count == 0) row.LeftOut(columns.Orgs);
        foreach (var org in orgs.Distinct())
            Add(row, columns.Role, [role, "", "", made.Count == 0 ? Primary : "", org], user, made);

        return made;
    }

    private static void Add(Row row, Column column, string[] sent,
        (string Id, RecordStatus Status, DateTimeOffset? Modified) user, List<RoleRecord> made)
    {
        if (sent is not [var text, var begin, var end, var type, { Length: > 0 } org])
        {
            row.Warn(OneRosterRules.CellLeftOut, "A role has no name or no organization; it is left out.", column);
            return;
        }

        if (roles.Find(text) is not { } word)
        {
            row.Warn(OneRosterRules.ValueDropped,
                $"A role is none of {roles}; it gives no rights and is left out. Name its meaning in the settings of "
                + "the source.", column);
            return;
        }

        var id = RoleKeys.Of(user.Id, word, org);
        if (made.Any(role => role.SourcedId == id)) return;
        made.Add(new()
        {
            SourcedId = id,
            Line = row.Line,
            Status = user.Status,
            DateLastModified = user.Modified,
            UserSourcedId = user.Id,
            OrgSourcedId = org,
            Role = word,
            Primary = type.Equals(Primary, StringComparison.OrdinalIgnoreCase),
            BeginDate = Day(row, column, begin),
            EndDate = Day(row, column, end),
        });
    }

    private static DateOnly? Day(Row row, Column column, string text)
    {
        if (text.Length == 0) return null;
        if (Dates.TryParse(Encoding.UTF8.GetBytes(text), out var day)) return Dates.IsStandIn(day) ? null : day;
        row.Warn(OneRosterRules.ValueDropped,
            "A day of a role is not a date such as 2026-08-31; it is left out.", column);

        return null;
    }
}
