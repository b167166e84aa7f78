namespace K12Hub.Roster;

/// <summary>What a run would do, by kind and school.</summary>
internal static class Proposal
{
    /// <summary>A school has nobody left when all of these are gone, so they are counted together.</summary>
    private static readonly RosterKind[] Counted = [RosterKinds.Users, RosterKinds.Classes, RosterKinds.Enrollments];

    /// <summary>Counts what was found, and what is in force where something ends.</summary>
    public static async Task<IReadOnlyList<ProposedChange>> OfAsync(
        RunScope run, Differences found, PastSessions past, CancellationToken ct)
    {
        await past.NoteAsync(run, found, ct);
        var schools = await SchoolsAsync(run, ct);
        var somethingEnds = Counted.Any(kind => found.Counts[kind.Collection].Ended > 0);
        var all = new Dictionary<(string Collection, Guid? School), ProposedChange>();
        foreach (var kind in RosterKinds.All)
        {
            var differs = found.Counts[kind.Collection].Differences > 0;
            var isFirst = found.FirstLoads.Contains(kind);
            if (differs) await AddAsync(all, schools, kind, isFirst ? "proposed_first" : "proposed", past, run, ct);
            if (!isFirst && (differs || (somethingEnds && Counted.Contains(kind))))
            {
                await AddAsync(all, schools, kind, "in_force", past, run, ct);
            }
        }

        return [.. all.Values];
    }

    private static async Task AddAsync(
        Dictionary<(string Collection, Guid? School), ProposedChange> all, Dictionary<Guid, string> schools,
        RosterKind kind, string statement, PastSessions past, RunScope run, CancellationToken ct)
    {
        var sql = RosterSql.About(
            kind, statement,
            [("expected", PastSessions.Expects(kind)), .. SchoolsOf(kind, statement == "proposed_first")]);
        object[] values = statement switch
        {
            "proposed" => sql.Contains("$2", StringComparison.Ordinal)
                ? [run.District.Value, past.Today]
                : [run.District.Value],
            "in_force" => [run.District.Value, run.Source],
            _ => [],
        };
        await using var command = run.Area.Main.Statement(sql, values);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            Guid? school = !rows.IsDBNull(0) && schools.ContainsKey(rows.GetGuid(0)) ? rows.GetGuid(0) : null;
            var name = school is { } id ? schools[id] : null;
            var some = new ProposedChange(
                kind.Collection, school, name, rows.GetInt32(1), rows.GetInt32(2), rows.GetInt32(3),
                rows.GetInt32(4), rows.GetInt32(5)) 
            {
                Expected = rows.GetInt32(6),
                Missing = rows.GetInt32(7),
            };
            var key = (kind.Collection, school);
            all[key] = all.TryGetValue(key, out var others) ? others.And(some) : some;
        }
    }

    /// <summary>Where a record belongs: where it is now, and if it is new, where it will be. A person is where the row
    /// says; a new one at the main organization or that of a role.</summary>
    private static (string, string)[] SchoolsOf(RosterKind kind, bool isFirst)
    {
        if (kind == RosterKinds.Users)
        {
            var ofWhom = isFirst ? "" : " where person_id in (select id from {changes} where change = 'added')";
            const string roles = """
                left join (select person_id, min(organization_id::text collate "C")::uuid as organization_id
                             from {staged_roles}{of_whom} group by person_id) w on w.person_id = s.id
                """;
            return
            [
                ("parts", roles), ("of_whom", ofWhom),
                ("school", "coalesce(r.school_id, s.primary_organization_id, w.organization_id)"),
                ("first_school", "coalesce(s.primary_organization_id, w.organization_id)"),
                ("stored_school", "r.school_id"),
            ];
        }

        return kind.SchoolColumn is not { } column
            ? [("parts", ""), ("school", "null::uuid"), ("first_school", "null::uuid"), ("stored_school", "null::uuid")]
            :
            [
                ("parts", ""), ("school", $"coalesce(r.{column}, s.{column})"), ("first_school", $"s.{column}"),
                ("stored_school", $"r.{column}"),
            ];
    }

    private static async Task<Dictionary<Guid, string>> SchoolsAsync(RunScope run, CancellationToken ct)
    {
        var schools = new Dictionary<Guid, string>();
        await using var command = run.Area.Main.Statement(
            RosterSql.About(RosterKinds.Orgs, "known_schools"), run.District.Value, run.Source);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) schools[rows.GetGuid(0)] = rows.GetString(1);
        return schools;
    }
}
