using System.Globalization;
using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>The statements of a run with the tables of a kind filled in.</summary>
internal static class RosterSql
{
    private static readonly string Kept = CollectedFindings.KeptByDefault.ToString(CultureInfo.InvariantCulture);

    /// <summary>A statement about one kind, with the names of all tables filled in.</summary>
    public static string About(RosterKind kind, string name, params ReadOnlySpan<(string Name, string Value)> names) =>
        SqlFile.Fill(name, [.. names, .. NamesOf(kind), .. NamesOfAll]);

    private static (string, string)[] NamesOf(RosterKind kind) =>
    [
        ("staged", kind.Staged),
        ("changes", kind.Changes),
        ("sent", kind.Sent),
        ("rows", kind.Rows),
        ("noun", kind.Noun),
        ("collection", kind.Collection),
        ("facts", string.Join(", ", kind.FactColumns)),
        ("staged_facts", string.Join(", ", kind.FactColumns.Select(name => $"s.{name}"))),
        ("kept", Kept),
    ];

    private static readonly (string, string)[] NamesOfAll =
    [
        ("users", RosterKinds.Users.Staged),
        ("staged_roles", RosterKinds.Roles.Staged),
        ("staged_classes", RosterKinds.Classes.Staged),
        ("sent_users", RosterKinds.Users.Sent),
        ("sent_roles", RosterKinds.Roles.Sent),
        ("sent_orgs", RosterKinds.Orgs.Sent),
        ("changed_users", RosterKinds.Users.Changes),
        ("changed_roles", RosterKinds.Roles.Changes),
        ("changed_orgs", RosterKinds.Orgs.Changes),
        ("orgs", RosterKinds.Orgs.Rows),
        ("roles", RosterKinds.Roles.Rows),
        ("courses", RosterKinds.Courses.Rows),
        ("classes", RosterKinds.Classes.Rows),
        ("people", RosterKinds.Users.Rows),
        ("missing", RosterKinds.MissingUsers.Rows),
        ("relations", RosterTables.RelationRows),
        ("held", RosterTables.HeldRows),
        ("overrides", RosterTables.OverrideRows),
    ];
}
