using System.Collections.Concurrent;
using System.Reflection;

namespace K12Hub.Roster;

/// <summary>The statements of a run, each in a file of its own beside this one.</summary>
internal static class SqlFile
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>A statement with its names filled in. Names come from this program; values are parameters.</summary>
    /// <param name="name">The file's name without folder and ending.</param>
    /// <param name="names">What to put in the place of each name in braces.</param>
    public static string Fill(string name, params ReadOnlySpan<(string Name, string Value)> names)
    {
        var sql = Texts.GetOrAdd(name, Read);
        foreach (var (key, value) in names) sql = sql.Replace($"{{{key}}}", value, StringComparison.Ordinal);
        return sql;
    }

    private static string Read(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream($"K12Hub.Roster.Sql.{name}.sql")
            ?? throw new ArgumentException($"There is no statement {name}.sql in modules/Roster/Import/Sql.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
