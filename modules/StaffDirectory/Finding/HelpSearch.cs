using System.Reflection;
using K12Hub.EventStore;

namespace K12Hub.StaffDirectory;

/// <summary>Finds the areas that somebody may mean, in their own words.</summary>
internal sealed class HelpSearch(DocumentStore store)
{
    /// <summary>Longest question, in characters.</summary>
    public const int Longest = 500;

    /// <summary>How alike words have to be: shared pieces of three letters, of all of both; 0 to 1. With 0.38, homwork
    /// is homework, and bus is not gus.</summary>
    private const double Alike = 0.38;

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
        await using var batch = DistrictBatch.For(store, district).With(
            Sql, district.Value, languages, Array.ConvertAll(languages, HelpLanguage.DictionaryOf),
            words.Distinct().ToArray(), Alike);
        await using var rows = await batch.ReadAsync(ct);
        var found = new List<HelpCandidate>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetGuid(0), rows.GetString(1), rows.GetInt32(2), rows.GetDouble(3), rows.GetDouble(4),
                rows.GetDouble(5), rows.GetDouble(6), rows.GetFieldValue<string[]>(7)));
        }

        return [.. found.Where(one => one.IsLikely).OrderByDescending(one => one.Score).DistinctBy(one => one.Area)];
    }

    private static string Read()
    {
        using var file = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream("K12Hub.StaffDirectory.Sql.find_help.sql")!;
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
