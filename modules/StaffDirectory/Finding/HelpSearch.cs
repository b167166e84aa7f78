using System.Reflection;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.StaffDirectory;

/// <summary>Finds the areas that somebody may mean, in their own words.</summary>
internal sealed class HelpSearch(DocumentStore store)
{
    /// <summary>Longest question, in characters.</summary>
    public const int Longest = 500;

    /// <summary>How alike words have to be: shared pieces of three letters, of all of both; 0 to 1. With 0.38, homwork
    /// is homework, and bus is not gus.</summary>
    private const double Alike = 0.38;

    /// <summary>Planned once: it takes as long to plan as to carry out, and the plan is always the same.</summary>
    private const string PlannedOnce = "select set_config('plan_cache_mode', 'force_generic_plan', true)";

    private static readonly string Sql = Read();

    /// <summary>Areas, the most likely first; none where nobody is there for it.</summary>
    /// <param name="district">The district.</param>
    /// <param name="text">What somebody asks.</param>
    /// <param name="language">en or es; null for whichever it is.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<HelpCandidate>> FindAsync(
        DistrictId district, string text, string? language, CancellationToken ct)
    {
        var words = EverydayWords.Of(text);
        if (words.Count == 0) return [];

        string[] languages = language is null ? HelpLanguage.All : [language];
        await using var batch = DistrictBatch.For(store, district).With(PlannedOnce).With(
            Sql, district.Value, languages, Array.ConvertAll(languages, HelpLanguage.DictionaryOf),
            words.Distinct().ToArray(), Alike);
        await using var rows = await batch.ReadAsync(ct);
        await rows.NextResultAsync(ct);
        var found = new List<HelpCandidate>();
        while (await rows.ReadAsync(ct)) found.Add(Candidate(rows));

        return [.. found.Where(one => one.IsLikely).OrderByDescending(one => one.Score).DistinctBy(one => one.Area)];
    }

    private static HelpCandidate Candidate(NpgsqlDataReader row)
    {
        var said = row.GetFieldValue<string[]>(5).Zip(row.GetFieldValue<double[]>(6))
            .ToDictionary(one => one.First, one => one.Second);
        var words = row.GetFieldValue<int[]>(7)
            .Zip(row.GetFieldValue<string[]>(8), row.GetFieldValue<double[]>(9))
            .Select(word => new HelpWord(word.First, word.Second, word.Third));
        return new(
            row.GetGuid(0), row.GetString(1), HelpPhrase.BestOf(words, said), row.GetDouble(2), row.GetDouble(3),
            row.GetFieldValue<string[]>(4));
    }

    private static string Read()
    {
        using var file = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("K12Hub.StaffDirectory.Sql.find_help.sql")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
