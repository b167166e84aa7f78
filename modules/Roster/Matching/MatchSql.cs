namespace K12Hub.Roster;

/// <summary>The statements of matching with their names filled in.</summary>
internal static class MatchSql
{
    private const string Letters = "'áàâäãåçéèêëíìîïñóòôöõúùûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy'";

    public static string Of(string name) => SqlFile.Fill(name,
    [
        ("family", Plain("family_name")), ("given", Plain("given_name")),
        ("preferred", $"coalesce({Plain("preferred_given_name")}, '')"),
        ("same_family", "(a.family = b.family and a.family <> '')"),
        ("same_given", "(a.given = b.given or a.given = b.preferred or a.preferred = b.given)"),
        ("people", RosterKinds.Users.Rows), ("demographics", RosterKinds.Demographics.Rows),
        ("matches", RosterTables.MatchRows), ("links", RosterTables.LinkRows), .. MatchWeights.Names,
    ]);

    /// <summary>A name without case, accents, blanks and dashes.</summary>
    private static string Plain(string column) =>
        $"regexp_replace(translate(lower(p.{column}), {Letters}), '[^[:alnum:]]', '', 'g')";
}
