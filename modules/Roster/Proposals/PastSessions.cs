namespace K12Hub.Roster;

/// <summary>Knows what ends because its time is over: when a school year or a semester has ended, its classes and
/// enrollments go, and nobody has left.</summary>
/// <param name="Today">The day of the run.</param>
/// <param name="DaysEarly">Days before the end of a session from which on it may give way to the next school
/// year.</param>
internal sealed record PastSessions(DateOnly Today, int DaysEarly)
{
    private static readonly RosterKind[] Kinds =
        [RosterKinds.AcademicSessions, RosterKinds.Courses, RosterKinds.Classes, RosterKinds.Enrollments];

    /// <summary>What must be so for an ended record to have been expected to end.</summary>
    public static string Expects(RosterKind kind) =>
        kind == RosterKinds.AcademicSessions ? "c.id in (select id from past)"
        : kind == RosterKinds.Classes ? "c.id in (select id from past)"
        : kind == RosterKinds.Courses ? "r.school_year_id in (select id from past)"
        : kind == RosterKinds.Enrollments ? "(r.class_id in (select id from past) or r.end_date <= $2)"
        : "false";

    /// <summary>Notes the sessions and classes that are past, where they may explain what has ended.</summary>
    public async Task NoteAsync(RunScope run, Differences found, CancellationToken ct)
    {
        if (Kinds.All(kind => found.Counts[kind.Collection].Ended == 0)) return;

        await run.Area.Main.RunAsync(
            RosterSql.About(RosterKinds.AcademicSessions, "past_sessions"), ct,
            run.District.Value, run.Source, Today, Today.AddDays(DaysEarly));
        await run.Area.Main.RunAsync(
            RosterSql.About(RosterKinds.Classes, "past_classes"), ct, run.District.Value, run.Source);
        await run.Area.Main.RunAsync("analyze past", ct);
    }
}
