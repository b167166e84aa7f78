namespace K12Hub.Roster.Tests;

public sealed class StoredRosterTests : IAsyncLifetime
{
    /// <summary>What the newest event of each stream says, under the names of the columns.</summary>
    private const string Folded = """
        with newest as (
          select distinct on (e.stream_id) e.stream_id, e.type, e.record
            from opened e join es.streams s on s.stream_id = e.stream_id
           where s.kind = 'KIND'
           order by e.stream_id, e.version desc
        )
        select n.stream_id, n.type like '%_ended' as ended,
               (select jsonb_object_agg(lower(regexp_replace(f.key, '([A-Z])', '_\1', 'g')), f.value)
                  from jsonb_each(n.record) f) as record
          from newest n
        """;

    private TestDistrict district = null!;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task Every_row_is_what_its_events_say()
    {
        await district.ImportAsync(Package.Version12());
        await district.ImportAsync(Package.Version12()
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia")
            .Change("users.csv", "he/him", "they/them").Change("classes.csv", "scheduled,12", "homeroom,")
            .Without("enrollments.csv", "e1"));
        await district.ImportAsync(Package.Version12().Change("users.csv", "Mía", "Mia"));

        await district.OpenEventsAsync();
        foreach (var kind in RosterKinds.All)
        {
            var columns = string.Join(", ", kind.FactColumns.Select(column => $"'{column}', r.{column}"));
            var differing = await district.ListAsync($"""
                with folded as ({Folded.Replace("KIND", kind.Noun, StringComparison.Ordinal)})
                select coalesce(f.stream_id, r.id) || ' ' || coalesce(f.record::text, '') || ' '
                       || coalesce(jsonb_strip_nulls(jsonb_build_object({columns}))::text, '')
                  from folded f full join {kind.View} r on r.id = f.stream_id
                 where f.stream_id is null or r.id is null or f.ended <> (r.ended_at is not null)
                    or f.record - 'date_last_modified'
                       <> jsonb_strip_nulls(jsonb_build_object({columns})) - 'date_last_modified'
                """);
            Assert.Empty(differing);
        }
    }

    [Fact]
    public async Task A_staging_table_has_the_columns_of_its_row()
    {
        await district.ImportAsync(Package.Version12());
        foreach (var kind in RosterKinds.All)
        {
            var row = district.Store.Options.Tables.All.Single(table => table.View == kind.View);
            Assert.Equal(kind.Rows, row.Table);
            Assert.Equal(kind.FactColumns, row.Columns.Select(column => column.Name)
                .SkipWhile(name => name != kind.FactColumns[0]).Take(kind.FactColumns.Count));
        }
    }

    [Fact]
    public async Task Roles_say_who_is_student_staff_and_guardian_and_where()
    {
        await district.ImportAsync(Package.Version12());
        Assert.Equal(
            [
                "ana: guardian, lincoln", "leo: student 03, lincoln", "mia: student 01, lincoln",
                "okafor: staff guardian, lincoln", "reyes: staff, lincoln",
            ],
            await StandingAsync());
    }

    [Fact]
    public async Task Another_role_alone_changes_what_the_person_is()
    {
        await district.ImportAsync(Package.Version12());
        await district.ImportAsync(Package.Version12()
            .Change("roles.csv", "r1,,,ana,primary,parent,,,lincoln", "r1,,,ana,primary,aide,,,district")
            .Without("roles.csv", "r6"));
        var standing = await StandingAsync();
        Assert.Equal(["ana: staff, nowhere", "okafor: staff, lincoln"], [standing[0], standing[3]]);
    }

    [Fact]
    public async Task A_role_that_changes_hands_is_taken_from_who_had_it()
    {
        await district.ImportAsync(Package.Version12());
        await district.ImportAsync(Package.Version12()
            .Change("roles.csv", "r6,,,okafor,secondary,guardian,,,district", "r6,,,reyes,primary,parent,,,lincoln"));
        var standing = await StandingAsync();
        Assert.Equal(["okafor: staff, lincoln", "reyes: staff guardian, lincoln"], standing[3..]);
    }

    [Fact]
    public async Task Who_belongs_together_is_taken_from_either_side()
    {
        await district.ImportAsync(Package.Version12());
        Assert.Equal(["leo ana parent", "mia ana parent"], await RelationsAsync());

        // Ana no longer names her children, Leo still names her, and Mia now names Mr. Okafor.
        await district.ImportAsync(Package.Version12()
            .Change("users.csv", "\"leo,mia\"", "").Change("users.csv", "1002,,,,,01", "1002,,,,okafor,01"));
        Assert.Equal(["leo ana parent", "mia okafor guardian"], await RelationsAsync());
    }

    [Fact]
    public async Task Relations_end_with_the_people()
    {
        district.Limits = TestDistrict.NoGrace;
        await district.ImportAsync(Package.Version12());
        await district.ImportAsync(Package.Version12().Without("users.csv", "ana").Without("roles.csv", "r1"));
        Assert.Empty(await RelationsAsync());
    }

    private Task<List<string>> StandingAsync() => district.ListAsync("""
        select p.sourced_id || ':' || case when p.is_student then ' student ' || p.grade else '' end
               || case when p.is_staff then ' staff' else '' end || case when p.is_guardian then ' guardian' else '' end
               || ', ' || coalesce(o.sourced_id, 'nowhere')
          from roster.people p left join roster.organizations o on o.id = p.school_id
         order by p.sourced_id
        """);

    private Task<List<string>> RelationsAsync() => district.ListAsync("""
        select s.sourced_id || ' ' || g.sourced_id || ' ' || r.kind
          from roster.relations r
          join roster.people s on s.id = r.student_id
          join roster.people g on g.id = r.guardian_id
         order by 1
        """);
}
