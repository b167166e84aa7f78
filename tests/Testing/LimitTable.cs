using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace K12Hub.Testing;

/// <summary>A row of the tables of limits in host/GraphQL/README.md.</summary>
/// <param name="Option">Path of the option, such as <c>Validation.MaxDepth</c>.</param>
/// <param name="AtMost">Its default.</param>
/// <param name="Code">The code of the error; a dash for none.</param>
public sealed record LimitRow(string Option, string AtMost, string Code);

/// <summary>The tables, and what the code says of the same.</summary>
public static class LimitTable
{
    /// <summary>The rows below a heading of the column of options.</summary>
    public static List<LimitRow> Documented(string column) => File.ReadLines(Readme())
        .SkipWhile(line => !line.Contains($"| {column} |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(cells => new LimitRow(cells[3].Trim('`'), cells[2], cells[4].Trim('`')))
        .ToList();

    /// <summary>Every number and time among options, with those of their parts.</summary>
    public static IEnumerable<(string Option, string Default)> Options(object options, string prefix = "")
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.SetMethod is null && property.PropertyType.Namespace != options.GetType().Namespace) continue;
            var name = prefix + property.Name;
            switch (property.GetValue(options))
            {
                case int or long or double:
                    yield return (name, Convert.ToDouble(property.GetValue(options), CultureInfo.InvariantCulture)
                        .ToString("#,0.##", CultureInfo.InvariantCulture));
                    break;
                case TimeSpan time:
                    yield return (name, time.ToString("c", CultureInfo.InvariantCulture));
                    break;
                case { } part when part.GetType().Namespace!.StartsWith("K12Hub", StringComparison.Ordinal)
                    && part.GetType().IsClass:
                    foreach (var inside in Options(part, $"{name}.")) yield return inside;
                    break;
            }
        }
    }

    private static string Readme([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../host/GraphQL/README.md");
}
