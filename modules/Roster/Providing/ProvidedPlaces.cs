using K12Hub.Contracts;
using static K12Hub.Roster.ProvidedField;

namespace K12Hub.Roster;

/// <summary>Organizations and academic sessions as they are handed on.</summary>
internal static class ProvidedPlaces
{
    public static readonly ProvidedTable Orgs = new(
        RosterKinds.Orgs,
        [
            Text("name", "name"), Text("type", "type"), Text("identifier", "identifier"),
            Key("parent.sourcedId", "parent_id", RosterCollections.Orgs),
        ],
        "t.name, t.type, t.identifier, p.sourced_id",
        "left join roster.organizations p on p.tenant_id = t.tenant_id and p.id = t.parent_id",
        (common, row) => new OrgRecord
        {
            SourcedId = common.SourcedId,
            Line = 0,
            Status = common.Status,
            DateLastModified = common.Modified,
            Name = row.Text(),
            Type = row.Text(),
            Identifier = row.TextOrNull(),
            ParentSourcedId = row.TextOrNull(),
        });

    public static readonly ProvidedTable AcademicSessions = new(
        RosterKinds.AcademicSessions,
        [
            Text("title", "title"), Text("type", "type"), Date("startDate", "start_date"), Date("endDate", "end_date"),
            Key("parent.sourcedId", "parent_id", RosterCollections.AcademicSessions),
            new(new("schoolYear", RosterFieldType.Number, CanSort: true), "t.school_year"),
        ],
        "t.title, t.type, t.start_date, t.end_date, p.sourced_id, t.school_year",
        "left join roster.academic_sessions p on p.tenant_id = t.tenant_id and p.id = t.parent_id",
        (common, row) => new AcademicSessionRecord
        {
            SourcedId = common.SourcedId,
            Line = 0,
            Status = common.Status,
            DateLastModified = common.Modified,
            Title = row.Text(),
            Type = row.Text(),
            StartDate = row.Date(),
            EndDate = row.Date(),
            ParentSourcedId = row.TextOrNull(),
            SchoolYear = row.Int(),
        });
}
