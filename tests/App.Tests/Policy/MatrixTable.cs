using K12Hub.Hosting;

namespace K12Hub.App.Tests.Policy;

/// <summary>The committed table: for fields of a type, a letter for each role: D the whole district, S the role's
/// schools, O one's own, A figures, - nothing.</summary>
internal sealed class MatrixTable
{
    private readonly Dictionary<string, Dictionary<string, char>> byField = new(StringComparer.Ordinal);

    private MatrixTable(IEnumerable<string> lines)
    {
        var table = lines.Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split(',')).ToList();
        var roles = table[0][2..];
        foreach (var row in table[1..])
        {
            foreach (var field in row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                byField.Add($"{row[0]}.{field}", roles.Zip(row[2..])
                    .ToDictionary(one => one.First, one => one.Second[0], StringComparer.Ordinal));
            }
        }
    }

    private static string Path => System.IO.Path.Combine(
        Repository.Root, "tests", "App.Tests", "Policy", "matrix.csv");

    public IEnumerable<string> Fields => byField.Keys;

    public static MatrixTable Read() => new(File.ReadAllLines(Path));

    /// <summary>How far a role may use a field.</summary>
    public char Of(string field, Role role) => byField[field][role.Name];
}
