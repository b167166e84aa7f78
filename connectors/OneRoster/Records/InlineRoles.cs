using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>The roles of a 1.1 user: one role at one or more organizations, the first being the main one.</summary>
internal static class InlineRoles
{
    private static readonly Vocabulary roles = new("administrator", "aide", "guardian", "parent", "proctor", "relative",
        "student", "teacher", "counselor", "districtAdministrator", "principal", "siteAdministrator",
        "systemAdministrator");

    public static RoleRecord[] Of(
        Row row, Column role, Column orgs, (string Id, RecordStatus Status, DateTimeOffset? Modified) user)
    {
        if (!row.Has(role)) return [];
        var word = row.Word(role, roles);
        var at = row.List(orgs, ListForm.Keys);
        if (word is null && !row.Rejected) row.LeftOut(role);
        if (at.Count == 0) row.LeftOut(orgs);
        if (word is null || at.Count == 0) return [];

        var made = new RoleRecord[at.Count == 1 ? 1 : at.Distinct().Count()];
        var next = 0;
        foreach (var org in at.Distinct())
        {
            made[next] = new RoleRecord
            {
                SourcedId = RoleKeys.Of(user.Id, word, org),
                Line = row.Line,
                Status = user.Status,
                DateLastModified = user.Modified,
                UserSourcedId = user.Id,
                OrgSourcedId = org,
                Role = word,
                Primary = next++ == 0,
            };
        }

        return made;
    }
}
