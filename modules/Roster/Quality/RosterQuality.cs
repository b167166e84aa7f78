using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.Roster;

/// <summary>Tells how good the data of a district is: counted in the database, over all that is in force now.</summary>
public sealed class RosterQuality(DocumentStore store)
{
    /// <summary>The permission to read the report.</summary>
    public const string Permission = RosterPermissions.ReadQuality;

    // It looks at every record of a district: longer than a usual statement may take.
    private const int LongestSeconds = 120;

    private static readonly string Findings = SqlFile.Fill("quality_findings");
    private static readonly string Counts = SqlFile.Fill("quality_counts", ("findings", Findings));
    private static readonly string LookedAt = SqlFile.Fill("quality_looked_at");
    private static readonly string KnowsLanguages = SqlFile.Fill("quality_knows_languages");
    private static readonly string DataAsOf = SqlFile.Fill("quality_data_as_of");
    private static readonly string Names = SqlFile.Fill("quality_schools");

    /// <summary>The district as a whole: what is found in its schools and in none, together.</summary>
    /// <param name="district">Whose data.</param>
    /// <param name="ct">Stops counting.</param>
    public async Task<QualityReport> OfDistrictAsync(DistrictId district, CancellationToken ct)
    {
        var counted = await CountAsync(district, null, ct);
        return counted.Report(
            null, null, counted.DataAsOf, (name, of) => of.Where(x => x.Key.Name == name).Sum(x => x.Value));
    }

    /// <summary>Each school by itself, by name.</summary>
    /// <param name="district">Whose data.</param>
    /// <param name="schools">Which schools; null for all.</param>
    /// <param name="ct">Stops counting.</param>
    public async Task<IReadOnlyList<QualityReport>> OfSchoolsAsync(
        DistrictId district, IReadOnlyList<Guid>? schools, CancellationToken ct)
    {
        var counted = await CountAsync(district, schools, ct);
        return [.. counted.Schools.Select(school => counted.Report(
            school.Id, school.Name, counted.AsOf.GetValueOrDefault(school.Source),
            (name, of) => of.GetValueOrDefault((name, school.Id))))];
    }

    /// <summary>Writes every record with something wrong as CSV: UTF-8 with a byte order mark, cells that begin like a
    /// formula made harmless, streamed as the database tells it.</summary>
    /// <param name="district">Whose data.</param>
    /// <param name="school">Of which school; null for all.</param>
    /// <param name="into">Where to; stays open.</param>
    /// <param name="notes">Who is in it is written down before it leaves.</param>
    /// <param name="ct">Stops writing.</param>
    /// <returns>How many records it lists.</returns>
    public Task<int> WriteCsvAsync(
        DistrictId district, Guid? school, Stream into, AccessNotes notes, CancellationToken ct) =>
        QualityCsv.WriteAsync(store, district, school, into, notes, ct);

    /// <summary>Whether there are supplementary files, without which nobody has a language.</summary>
    internal static async Task<bool> KnowsLanguagesAsync(
        DocumentStore store, DistrictId district, CancellationToken ct)
    {
        await using var batch = Batch(store, district).With(KnowsLanguages);
        await using var rows = await batch.ReadAsync(ct);
        await rows.ReadAsync(ct);
        return rows.GetBoolean(0);
    }

    private async Task<Counted> CountAsync(DistrictId district, IReadOnlyList<Guid>? schools, CancellationToken ct)
    {
        await using var batch = Batch(store, district)
            .With(Counts, Ids(schools), Rule(null))
            .With(LookedAt, Ids(schools))
            .With(KnowsLanguages)
            .With(DataAsOf)
            .With(Names, Ids(schools));
        await using var rows = await batch.ReadAsync(ct);
        var found = await CountsAsync(rows, ct);
        await rows.NextResultAsync(ct);
        var lookedAt = await CountsAsync(rows, ct);
        await rows.NextResultAsync(ct);
        await rows.ReadAsync(ct);
        var knowsLanguages = rows.GetBoolean(0);
        await rows.NextResultAsync(ct);
        var asOf = new Dictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct)) asOf.Add(rows.GetString(2), rows.GetFieldValue<DateTimeOffset>(1));
        await rows.NextResultAsync(ct);
        var known = new List<School>();
        while (await rows.ReadAsync(ct)) known.Add(new(rows.GetGuid(0), rows.GetString(1), rows.GetString(2)));
        return new(found, lookedAt, knowsLanguages, asOf, known);
    }

    private static async Task<Dictionary<(string Name, Guid? School), int>> CountsAsync(
        NpgsqlDataReader rows, CancellationToken ct)
    {
        var counts = new Dictionary<(string Name, Guid? School), int>();
        while (await rows.ReadAsync(ct))
        {
            var key = (rows.GetString(0), rows.IsDBNull(1) ? (Guid?)null : rows.GetGuid(1));
            counts[key] = counts.GetValueOrDefault(key) + rows.GetInt32(2);
        }

        return counts;
    }

    /// <summary>Statements over one district, with time enough to look at all of it.</summary>
    internal static NpgsqlBatch Batch(DocumentStore store, DistrictId district)
    {
        var batch = DistrictBatch.For(store, district);
        batch.Timeout = LongestSeconds;
        return batch;
    }

    internal static NpgsqlParameter Ids(IEnumerable<Guid>? schools) => new()
    {
        Value = (object?)schools?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
    };

    internal static NpgsqlParameter Rule(string? rule) =>
        new() { Value = (object?)rule ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private sealed record School(Guid Id, string Name, string Source);

    /// <summary>What was counted, by rule or kind and school.</summary>
    private sealed record Counted(
        Dictionary<(string Name, Guid? School), int> Found,
        Dictionary<(string Name, Guid? School), int> LookedAt,
        bool KnowsLanguages,
        Dictionary<string, DateTimeOffset?> AsOf,
        List<School> Schools)
    {
        /// <summary>A report is no younger than the oldest source in it.</summary>
        public DateTimeOffset? DataAsOf => AsOf.Count == 0 ? null : AsOf.Values.Min();

        public QualityReport Report(
            Guid? school, string? name, DateTimeOffset? asOf,
            Func<string, Dictionary<(string Name, Guid? School), int>, int> count) => new(school, name, asOf,
            [.. QualityRule.All.Select(rule => rule.NeedsLanguages && !KnowsLanguages
                ? new QualityFinding(rule, 0, 0)
                : new QualityFinding(rule, count(rule.Name, Found), count(rule.Kind, LookedAt)))]);
    }
}
