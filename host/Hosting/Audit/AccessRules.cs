using System.Collections.Concurrent;
using System.Numerics;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.Hosting;

/// <summary>Which objects of an answer say something of whom. Modules say it of their rows: what nobody says anything
/// of is nobody's record.</summary>
public sealed class AccessRules : IAnswerWatch
{
    private const int MostGroups = 64;
    private const string ConnectionEnding = "Connection";
    private const string RowsOfConnection = "nodes";

    private readonly Dictionary<Type, AccessRule> rules = [];
    private readonly Dictionary<string, string> fields = new(StringComparer.Ordinal);
    private readonly List<string> groups = [];
    private readonly ConcurrentDictionary<ulong, IReadOnlyList<string>> words = new();

    internal AccessRules()
    {
    }

    /// <summary>The rows of which something was said.</summary>
    public IReadOnlyCollection<Type> Watched => rules.Keys;

    /// <summary>Says of whom a row is.</summary>
    /// <typeparam name="TRow">The row. What <paramref name="see"/> reads is marked
    /// <see cref="GraphQL.AlwaysLoadedAttribute"/>.</typeparam>
    /// <param name="group">The group of fields that are in no other: <c>enrollment</c>.</param>
    /// <param name="see">Notes of whom it is; nobody where whoever leads to it was noted before.</param>
    public AccessRules Add<TRow>(string group, Action<TRow, AccessNotes> see)
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(see);
        rules.Add(typeof(TRow), new((row, notes) => see((TRow)row, notes), BitOf(group)));
        return this;
    }

    /// <summary>Puts fields of whatever type into a group.</summary>
    /// <param name="group">What records say instead of the fields: <c>contact</c>.</param>
    /// <param name="names">Names of fields in the schema.</param>
    public AccessRules Group(string group, params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        BitOf(group);
        foreach (var name in names) fields.Add(name, group);
        return this;
    }

    /// <inheritdoc/>
    public object? MarkOf(ObjectType type, IReadOnlyList<Selection> selections)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(selections);
        if (type.RuntimeType is { } row && rules.TryGetValue(row, out var rule))
        {
            return new AccessMark(rule.See, GroupsOf(selections, rule.Group));
        }

        return OfConnection(type, selections);
    }

    /// <summary>Groups as words, in the order of the alphabet.</summary>
    internal IReadOnlyList<string> WordsOf(ulong bits) => words.GetOrAdd(bits, wanted =>
        [.. groups.Where((_, i) => (wanted & 1UL << i) != 0).Order(StringComparer.Ordinal)]);

    /// <summary>The bit that stands for a group.</summary>
    internal ulong BitOf(string group)
    {
        lock (groups)
        {
            var place = groups.IndexOf(group);
            if (place < 0)
            {
                if (groups.Count == MostGroups) throw new InvalidOperationException("There are 64 groups of fields.");
                place = groups.Count;
                groups.Add(group);
            }

            return 1UL << place;
        }
    }

    /// <summary>Cursors hold what rows are ordered by, names among it: who asks for them alone sees that.</summary>
    private AccessMark? OfConnection(ObjectType type, IReadOnlyList<Selection> selections)
    {
        if (!type.Name.EndsWith(ConnectionEnding, StringComparison.Ordinal)
            || type.FindField(RowsOfConnection)?.Type.NamedType is not ObjectType { RuntimeType: { } row }
            || !rules.TryGetValue(row, out var rule)
            || !selections.Any(HasCursors)
            || selections.Any(HasRows))
        {
            return null;
        }

        return new(
            (page, notes) =>
            {
                foreach (var one in ((Page)page).Nodes) rule.See(one, notes);
            },
            rule.Group);
    }

    private static bool HasRows(Selection part) => part.FieldName == RowsOfConnection
        || (part.FieldName == "edges" && part.Children.Any(edge => edge.FieldName == "node"));

    private static bool HasCursors(Selection part) => part.FieldName == "edges"
        || (part.FieldName == "pageInfo"
            && part.Children.Any(field => field.FieldName is "startCursor" or "endCursor"));

    private ulong GroupsOf(IReadOnlyList<Selection> selections, ulong own)
    {
        var bits = 0UL;
        foreach (var selection in selections)
        {
            if (fields.TryGetValue(selection.FieldName, out var group)) bits |= BitOf(group);
            else if (selection.Field.Type.NamedType.IsLeaf && selection.FieldName != "__typename") bits |= own;
        }

        return BitOperations.PopCount(bits) == 0 ? own : bits;
    }

    private sealed record AccessRule(Action<object, AccessNotes> See, ulong Group);
}

/// <summary>What is noted of each object of one selection.</summary>
/// <param name="See">Notes of whom it is.</param>
/// <param name="Groups">The groups of fields selected.</param>
internal sealed record AccessMark(Action<object, AccessNotes> See, ulong Groups);
