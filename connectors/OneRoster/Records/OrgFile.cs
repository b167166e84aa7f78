using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>orgs.csv.</summary>
internal static class OrgFile
{
    public static readonly FileColumns Columns = new(RosterCollections.Orgs);

    private static readonly Vocabulary types =
        new("department", "district", "local", "national", "school", "state");

    private static readonly BaseColumns common = BaseColumns.Of(Columns);

    private static readonly Column
        name = Columns.Cell("name"),
        type = Columns.Cell("type"),
        identifier = Columns.Expected("identifier"),
        parent = Columns.Expected("parentSourcedId", "parent");

    public static OrgRecord? Read(Row row)
    {
        var org = new OrgRecord
        {
            SourcedId = row.OwnId(common.SourcedId),
            Line = row.Line,
            Status = common.StatusOf(row),
            DateLastModified = row.Moment(common.DateLastModified),
            Name = row.Required(name),
            Type = row.RequiredWord(type, types),
            Identifier = row.Text(identifier),
            ParentSourcedId = row.Id(parent),
        };

        return row.Rejected ? null : org;
    }
}
