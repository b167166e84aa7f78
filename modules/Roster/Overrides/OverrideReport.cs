using System.Globalization;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What is to be put right at the source, as a table for its owners.</summary>
internal static class OverrideReport
{
    private static readonly string Sql =
        $"""
        select p.sourced_id, o.field, coalesce(said.sourced_id, o.value),
               coalesce(theirs.sourced_id, case o.field when 'homeLanguage' then s.home_language
                                                        when 'contactLanguage' then s.contact_language
                                                        else o.source_value end),
               o.reason, o.until, o.overridden_at, p.id, p.is_student
          from {RosterTables.OverrideRows} o
          join {RosterKinds.Users.Rows} p on p.tenant_id = $1 and p.id = o.person_id and p.source = $2
          left join {RosterKinds.Orgs.Rows} said
            on o.field = 'school' and said.tenant_id = $1 and said.id::text = o.value
          left join {RosterKinds.Orgs.Rows} theirs
            on o.field = 'school' and theirs.tenant_id = $1 and theirs.id::text = o.source_value
          left join {RosterKinds.Supplements.Rows} s
            on s.tenant_id = $1 and s.person_id = o.person_id and s.ended_at is null
         where o.tenant_id = $1 and o.ended_at is null
         order by p.sourced_id, o.field
        """;

    public static async Task WriteAsync(
        NpgsqlConnection connection, DistrictId district, string source, TextWriter to, AccessNotes notes,
        CancellationToken ct)
    {
        var recorded = new RecordedText(to, notes, notes.ToViewer);
        await recorded.AddAsync(CsvCells.Line(
            "sourcedId", "field", "districtValue", "sourceValue", "settled", "reason", "until", "overriddenAt"), ct);
        await using var find = connection.Statement(Sql, district.Value, source);
        await using var rows = await find.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var (value, theirs) = (Text(rows, 2), Text(rows, 3));
            notes.Group("overrides");
            if (rows.GetBoolean(8)) notes.Student(rows.GetGuid(7));
            else notes.Other(rows.GetGuid(7));
            await recorded.AddAsync(CsvCells.Line(
                Text(rows, 0), Text(rows, 1), value, theirs, value == theirs ? "true" : "false", Text(rows, 4),
                Day(rows, 5), Day(rows, 6)), ct);
        }

        await recorded.SendAsync(ct);
    }

    private static string? Text(NpgsqlDataReader rows, int column) =>
        rows.IsDBNull(column) ? null : rows.GetString(column);

    private static string Day(NpgsqlDataReader rows, int column) =>
        rows.GetFieldValue<DateTimeOffset>(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
