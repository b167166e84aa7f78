using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>roles.csv, which 1.2 has and 1.1 has not.</summary>
internal static class RoleFile
{
    public static readonly FileColumns Columns = new FileColumns(RosterCollections.Roles)
        .Unread("userProfileSourcedId");

    private const string Primary = "primary";
    private const string Secondary = "secondary";

    private static readonly Vocabulary roleTypes = new(Primary, Secondary);

    /// <remarks><c>administrator</c> is the word of 1.1, still sent in 1.2 files.</remarks>
    private static readonly Vocabulary roles = new("aide", "counselor", "districtAdministrator", "guardian", "parent",
        "principal", "proctor", "relative", "siteAdministrator", "student", "systemAdministrator", "teacher",
        "administrator");

    private static readonly BaseColumns common = BaseColumns.Of(Columns);

    private static readonly Column
        user = Columns.Cell("userSourcedId", "user"),
        roleType = Columns.Expected("roleType"),
        role = Columns.Cell("role"),
        beginDate = Columns.Expected("beginDate"),
        endDate = Columns.Expected("endDate"),
        org = Columns.Cell("orgSourcedId", "org");

    public static RoleRecord? Read(Row row)
    {
        var record = new RoleRecord
        {
            SourcedId = row.OwnId(common.SourcedId),
            Line = row.Line,
            Status = common.StatusOf(row),
            DateLastModified = row.Moment(common.DateLastModified),
            UserSourcedId = row.RequiredId(user),
            OrgSourcedId = row.RequiredId(org),
            Role = row.RequiredWord(role, roles),
            Primary = row.Word(roleType, roleTypes, instead: Secondary) == Primary,
            BeginDate = row.Date(beginDate, weighs: true),
            EndDate = row.Date(endDate, weighs: true),
        };

        return row.Rejected ? null : record;
    }
}
