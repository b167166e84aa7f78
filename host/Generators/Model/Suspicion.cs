using System.Collections.Immutable;

namespace K12Hub.Generators.Model;

/// <summary>An object type and who may see it.</summary>
/// <param name="CSharp">The row.</param>
/// <param name="Access">Who may.</param>
internal sealed record KnownType(string CSharp, AccessModel Access);

/// <summary>Decides what may be wrong once all classes are read.</summary>
internal static class Suspicion
{
    /// <summary>The problems that are real.</summary>
    /// <param name="suspicions">What may be wrong; the first argument is the type that decides.</param>
    /// <param name="known">The assembly's object types.</param>
    /// <param name="references">Where interfaces and unions are.</param>
    public static Items<Problem> Confirmed(
        ImmutableArray<Problem> suspicions, ImmutableArray<KnownType> known, Items<References> references)
    {
        var access = references.SelectMany(one => one.Abstracts)
            .Select(one => new KnownType(one.Type.CSharp, one.Access))
            .Concat(known)
            .GroupBy(one => one.CSharp)
            .ToDictionary(same => same.Key, same => same.First().Access);
        return suspicions.Where(one => IsReal(one, access)).Select(Readable).Distinct().ToItems();
    }

    private static bool IsReal(Problem problem, Dictionary<string, AccessModel> access)
    {
        var type = problem.Arguments[0];
        return problem.Id == Rules.RootAccess.Id
            ? type.Length == 0 || (access.TryGetValue(type, out var found) && found.IsSilent)
            : !access.ContainsKey(type);
    }

    private static Problem Readable(Problem problem) =>
        problem with { Arguments = problem.Arguments.Select(text => text.Replace("global::", "")).ToItems() };
}
