using System.Text;

namespace K12Hub.GraphQL.Tests.Execution.Responses;

/// <summary>What a field does when it is asked: throw, or answer; at once or late.</summary>
internal sealed record Outcome(object? Value, string? Error, bool IsLate);

/// <summary>An object with what its fields will do, made up when they are asked the first time.</summary>
internal sealed class Thing(RandomWorld world)
{
    private readonly Dictionary<string, Outcome> outcomes = [];

    public Outcome this[string name]
    {
        get
        {
            if (!outcomes.TryGetValue(name, out var outcome)) outcomes.Add(name, outcome = world.Outcome(name));
            return outcome;
        }
    }
}

/// <summary>A type reference of the little schema: "[[Thing!]]!".</summary>
internal sealed record Shape(string Text)
{
    public bool NonNull => Text.EndsWith('!');

    public Shape? Item => Text.StartsWith('[') ? new Shape(Text[1..Text.LastIndexOf(']')]) : null;

    public string Name => Text.Trim('[', ']', '!');
}

/// <summary>One field of a random selection.</summary>
internal sealed record Selected(string ResponseName, string Field, IReadOnlyList<Selected> Below);

/// <summary>Random selections and random outcomes over one type that has a field of every kind.</summary>
internal sealed class RandomWorld(int seed)
{
    private static readonly string[] Texts = ["", "Ana", "\"quoted\\", "line\nbreak\t\u0001", "水😀", "</script>"];

    private readonly Random random = new(seed);
    private readonly double wrong = new[] { 0, 0.02, 0.1, 0.3 }[seed % 4];

    /// <summary>Fields by name; those that start with "late" have a resolver that may be waited for.</summary>
    public static IReadOnlyDictionary<string, Shape> Fields { get; } = Enumerable
        .Range(0, 2)
        .SelectMany(late => new[]
        {
            ("Text", "String"), ("StrictText", "String!"), ("Numbers", "[Int!]"), ("One", "Thing"),
            ("Strict", "Thing!"), ("Many", "[Thing]"), ("StrictMany", "[Thing!]!"), ("Grid", "[[Thing!]]!"),
        }.Select(field => ((late == 1 ? "late" : "now") + field.Item1, new Shape(field.Item2))))
        .ToDictionary(field => field.Item1, field => field.Item2);

    public static string Sdl => $"type Query {{ {Definitions} }} type Thing {{ {Definitions} }}";

    private static string Definitions => string.Join(' ', Fields.Select(pair => $"{pair.Key}: {pair.Value.Text}"));

    public Thing Root() => new(this);

    public int Below(int limit) => random.Next(limit);

    public IReadOnlyList<Selected> Selection(int depth = 0)
    {
        var fields = Fields.Where(field => depth < 4 || field.Value.Name is not "Thing")
            .Select(field => field.Key)
            .ToArray();
        var selected = new List<Selected>();
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            var field = fields[random.Next(fields.Length)];
            var below = Fields[field].Name is "Thing" ? Selection(depth + 1) : [];
            selected.Add(new Selected($"{field}{i}", field, below));
        }

        return selected;
    }

    public static string Print(IReadOnlyList<Selected> selection)
    {
        var text = new StringBuilder("{ ");
        foreach (var field in selection)
        {
            text.Append(field.ResponseName).Append(": ").Append(field.Field).Append(' ');
            if (field.Below.Count > 0) text.Append(Print(field.Below));
        }

        return text.Append("} ").ToString();
    }

    public Outcome Outcome(string field)
    {
        var isLate = field.StartsWith("late", StringComparison.Ordinal) && random.NextDouble() < 0.6;
        if (random.NextDouble() < wrong) return new Outcome(null, "no " + field, isLate);
        return new Outcome(Value(Fields[field]), null, isLate);
    }

    private object? Value(Shape shape)
    {
        if (random.NextDouble() < (shape.NonNull ? wrong / 2 : 0.1)) return null;
        if (shape.Item is { } item) return Enumerable.Range(0, random.Next(4)).Select(_ => Value(item)).ToArray();
        return shape.Name switch
        {
            "Thing" => new Thing(this),
            "Int" => random.Next(),
            _ => Texts[random.Next(Texts.Length)],
        };
    }
}
