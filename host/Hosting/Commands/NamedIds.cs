using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Things a command names by id beside its subject: they have to be there, in the viewer's district. One that
/// is not, whether nobody has it or another district does, is refused as <c>person.not_found</c> at its
/// field.</summary>
public interface INamesOthers
{
    /// <summary>What is named; what comes first is looked at first.</summary>
    IEnumerable<NamedIds> Named { get; }
}

/// <summary>Ids in a property of a command.</summary>
/// <param name="Kind">What they are ids of, as somebody said with <see cref="HubBuilder.Known"/>: <c>person</c>. What
/// nobody knows there is none of.</param>
/// <param name="Property">The property.</param>
/// <param name="Ids">The ids; none where nothing is named.</param>
public sealed record NamedIds(string Kind, string Property, IReadOnlyList<Guid> Ids);

/// <summary>Knows of which ids there is something.</summary>
internal sealed class KnownIds(IReadOnlyDictionary<string, string> statements)
{
    /// <summary>Why a command cannot be about what it names; null when all of it is there. One round trip.</summary>
    public async ValueTask<Refusal?> MissingAsync(
        DocumentStore store, DistrictId district, INamesOthers command, CancellationToken ct)
    {
        var named = command.Named.Where(one => one.Ids.Count > 0).ToList();
        if (named.Count == 0) return null;

        var batch = DistrictBatch.For(store, district);
        await using var disposing = batch.ConfigureAwait(false);
        foreach (var one in named)
        {
            batch.With(statements.GetValueOrDefault(one.Kind, Nothing), district.Value, one.Ids.Distinct().ToArray());
        }

        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        foreach (var one in named)
        {
            var found = new HashSet<Guid>();
            while (await rows.ReadAsync(ct).ConfigureAwait(false)) found.Add(rows.GetGuid(0));
            if (!one.Ids.All(found.Contains)) return Refusal.NotFound(one.Kind).At(one.Property);

            await rows.NextResultAsync(ct).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>What some ids of a kind are called, where the statement says it in a second column.</summary>
    public async ValueTask<Dictionary<Guid, string>> NamesAsync(
        DocumentStore store, DistrictId district, string kind, Guid[] ids, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>();
        if (ids.Length == 0 || !statements.TryGetValue(kind, out var sql)) return names;

        var batch = DistrictBatch.For(store, district).With(sql, district.Value, ids);
        await using var disposing = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        while (rows.FieldCount > 1 && await rows.ReadAsync(ct).ConfigureAwait(false))
        {
            names[rows.GetGuid(0)] = rows.GetString(1);
        }

        return names;
    }

    private const string Nothing = "select id from unnest($2::uuid[]) id where $1::smallint is null";
}
