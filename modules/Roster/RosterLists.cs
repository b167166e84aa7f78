using System.Linq.Expressions;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

/// <summary>What all lists of the roster have in common.</summary>
internal static class RosterLists
{
    /// <summary>Describes the argument of every list that asks for what has ended too.</summary>
    public const string IncludeEnded = "True for what the source has stopped sending, too.";

    /// <summary>What is in force; what has ended too when somebody asks for it.</summary>
    public static IQueryable<T> InForce<T>(this IQueryable<T> rows, bool? includeEnded = false)
        where T : class, IEnds =>
        includeEnded is true ? rows : rows.Where(Condition<T>.InForce);

    /// <summary>The page of a parent in a batch; an empty one when it has no rows.</summary>
    public static Page<T> OrEmpty<T>(this Page<T>? page)
        where T : class => page ?? new Page<T>();

    /// <summary>Made once: every list has it.</summary>
    private static class Condition<T>
        where T : class, IEnds
    {
        public static readonly Expression<Func<T, bool>> InForce = row => row.EndedAt == null;
    }
}
