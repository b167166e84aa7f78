using System.Globalization;
using System.Text;

namespace K12Hub.Accounts;

/// <summary>One way to write what looks the same: Unicode's normal form C. The program runs without the operating
/// system's tables of languages, where <see cref="string.Normalize()"/> gives back what it got.</summary>
/// <remarks>After annex 15 of Unicode: decompose, order the marks, compose. The table is
/// <c>Data/normal-form.txt</c>.</remarks>
internal static class NormalForm
{
    // Hangul syllables are computed (section 3.12 of the standard).
    private const int S = 0xAC00, L = 0x1100, V = 0x1161, T = 0x11A7, LCount = 19, VCount = 21, TCount = 28;

    private static readonly Lazy<Table> Read = new(Table.Load);

    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Ascii.IsValid(text) ? text : Composed(Decomposed(text));
    }

    private static List<int> Decomposed(string text)
    {
        var table = Read.Value;
        var points = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) Decompose(table, rune.Value, points);

        // Marks that stand together are ordered by their class; equal ones keep their order.
        for (var i = 1; i < points.Count; i++)
        {
            var own = table.ClassOf(points[i]);
            for (var j = i; own > 0 && j > 0 && table.ClassOf(points[j - 1]) > own; j--)
            {
                (points[j], points[j - 1]) = (points[j - 1], points[j]);
            }
        }

        return points;
    }

    private static void Decompose(Table table, int point, List<int> into)
    {
        var syllable = point - S;
        if (syllable is >= 0 and < LCount * VCount * TCount)
        {
            into.Add(L + (syllable / (VCount * TCount)));
            into.Add(V + (syllable % (VCount * TCount) / TCount));
            if (syllable % TCount != 0) into.Add(T + (syllable % TCount));
        }
        else if (table.Parts.TryGetValue(point, out var parts))
        {
            foreach (var part in parts) Decompose(table, part, into);
        }
        else
        {
            into.Add(point);
        }
    }

    private static string Composed(List<int> points)
    {
        var table = Read.Value;
        var done = new List<int>(points.Count);
        var (starter, last) = (-1, -1);
        foreach (var point in points)
        {
            var own = table.ClassOf(point);
            if (starter >= 0 && (last < own || last < 0) && Compose(table, done[starter], point) is { } both)
            {
                done[starter] = both;
                continue;
            }

            if (own == 0) (starter, last) = (done.Count, -1);
            else last = own;
            done.Add(point);
        }

        var text = new StringBuilder(done.Count);
        foreach (var point in done) text.Append(new Rune(point));
        return text.ToString();
    }

    private static int? Compose(Table table, int first, int second)
    {
        if (first is >= L and < L + LCount && second is >= V and < V + VCount)
        {
            return S + ((((first - L) * VCount) + (second - V)) * TCount);
        }

        if (first - S is >= 0 and < LCount * VCount * TCount && (first - S) % TCount == 0
            && second is > T and < T + TCount)
        {
            return first + (second - T);
        }

        return table.Pairs.TryGetValue((first, second), out var both) ? both : null;
    }

    private sealed record Table(
        Dictionary<int, int[]> Parts, Dictionary<(int First, int Second), int> Pairs, Dictionary<int, int> Classes)
    {
        public int ClassOf(int point) => Classes.GetValueOrDefault(point);

        public static Table Load()
        {
            var table = new Table([], [], []);
            foreach (var line in EmbeddedData.Lines("normal-form.txt"))
            {
                var words = line.Split(' ');
                if (words[0] == "D") table.AddParts(words);
                else if (words[0] == "C") table.AddClass(words);
            }

            return table;
        }

        private void AddParts(string[] words)
        {
            var parts = words[2..].Where(word => word != "*").Select(Hex).ToArray();
            Parts.Add(Hex(words[1]), parts);
            if (words[^1] != "*" && parts.Length == 2) Pairs.Add((parts[0], parts[1]), Hex(words[1]));
        }

        private void AddClass(string[] words)
        {
            var own = int.Parse(words[3], CultureInfo.InvariantCulture);
            for (var point = Hex(words[1]); point <= Hex(words[2]); point++) Classes.Add(point, own);
        }

        private static int Hex(string word) => int.Parse(word, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }
}
