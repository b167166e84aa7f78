using System.Globalization;

namespace K12Hub.Roster;

/// <summary>People around the same children, in one home. A student of two homes belongs to two.</summary>
internal sealed record Household
{
    /// <summary>The same for everybody of the household, as long as its name or its grown-ups stay.</summary>
    public required string Key { get; init; }

    /// <summary>Whether the source names the home. Else grown-ups who bring up just the same children are taken to
    /// share one, until the source says otherwise: parents who live apart may be among them.</summary>
    public required bool IsNamed { get; init; }

    /// <summary>The grown-ups.</summary>
    public required IReadOnlyList<Guid> GuardianIds { get; init; }

    /// <summary>The children.</summary>
    public required IReadOnlyList<Guid> StudentIds { get; init; }

    /// <summary>The homes of a student.</summary>
    /// <param name="student">The student.</param>
    /// <param name="ties">Ties of the student, and all ties of the grown-ups among them.</param>
    /// <param name="homes">The homes that sources name, by person; who is not in it has none.</param>
    public static IReadOnlyList<Household> Of(
        Guid student, IReadOnlyCollection<Tie> ties, IReadOnlyDictionary<Guid, IReadOnlyList<string>> homes)
    {
        var around = ties.Where(tie => tie.StudentId == student && tie.Pair?.LivesWith is not false).ToList();
        var heads = around.Exists(tie => tie.Raises) ? around.FindAll(tie => tie.Raises) : around;
        var own = homes.GetValueOrDefault(student, []);
        var named = own.ToDictionary(home => home, _ => new List<Guid>());
        var others = new List<Guid>();
        foreach (var guardian in heads.Select(tie => tie.GuardianId).Distinct().Order())
        {
            var theirs = homes.GetValueOrDefault(guardian, []);
            if (theirs.Count == 0) others.Add(guardian);
            foreach (var home in theirs.Where(home => own.Count == 0 || named.ContainsKey(home)))
            {
                (named.TryGetValue(home, out var there) ? there : named[home] = []).Add(guardian);
            }
        }

        return
        [
            .. named.OrderBy(home => home.Key, StringComparer.Ordinal)
                .Select(home => Named(home.Key, home.Value, student, ties, homes)),
            .. others.GroupBy(guardian => string.Join(' ', ChildrenOf(guardian, ties)), StringComparer.Ordinal)
                .Select(group => SameChildren([.. group], ties)),
        ];
    }

    private static Household Named(
        string home, List<Guid> guardians, Guid student, IReadOnlyCollection<Tie> ties,
        IReadOnlyDictionary<Guid, IReadOnlyList<string>> homes) => new()
        {
            Key = RosterId.Of("", "households", home).ToString("N", CultureInfo.InvariantCulture),
            IsNamed = true,
            GuardianIds = guardians,
            StudentIds =
            [
                .. guardians.SelectMany(guardian => ChildrenOf(guardian, ties))
                    .Where(child => !homes.TryGetValue(child, out var theirs) || theirs.Contains(home))
                    .Append(student).Distinct().Order(),
            ],
        };

    private static Household SameChildren(List<Guid> guardians, IReadOnlyCollection<Tie> ties) => new()
    {
        Key = RosterId.Of("", "guardians", string.Join(' ', guardians)).ToString("N", CultureInfo.InvariantCulture),
        IsNamed = false,
        GuardianIds = guardians,
        StudentIds = [.. ChildrenOf(guardians[0], ties)],
    };

    /// <summary>The children whom a grown-up lives with, as far as is known.</summary>
    private static IEnumerable<Guid> ChildrenOf(Guid guardian, IEnumerable<Tie> ties)
    {
        var around = ties.Where(tie => tie.GuardianId == guardian && tie.Pair?.LivesWith is not false).ToList();
        var raised = around.FindAll(tie => tie.Raises);
        return (raised.Count > 0 ? raised : around).Select(tie => tie.StudentId).Distinct().Order();
    }
}
