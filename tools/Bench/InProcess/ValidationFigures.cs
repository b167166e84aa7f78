using System.Text;
using K12Hub.Bench.Measuring;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.Bench.InProcess;

/// <summary>Validating documents of several shapes at three sizes: a hundred times the document may take a hundred
/// times as long, not more.</summary>
internal static class ValidationFigures
{
    private static readonly ValidationOptions WithoutLimits =
        ValidationOptions.SpecificationOnly with { MaxMergeComparisons = int.MaxValue };

    private static readonly (string Name, Func<int, string> Document)[] Shapes =
    [
        ("fields", count => $"{{ students {{ {Repeat(count, _ => "id givenName email ")}}} }}"),
        ("aliases", count => $"{{ students {{ {Repeat(count, n => $"a{n}: givenName b{n}: email ")}}} }}"),
        ("objects", count => $"{{ {Repeat(count, n => $"s{n}: students {{ id guardian {{ name }} }} ")}}}"),
        ("same objects", count => $"{{ {Repeat(count, _ => "students { id guardian { name } } ")}}}"),
        ("fragments", count => $"{{ students {{ {Repeat(count, n => $"...F{n} ")}}} }} "
            + Repeat(count, n => $"fragment F{n} on Student {{ id guardian {{ name phone }} }} ")),
        ("chain of fragments", count => $"{{ students {{ ...F0 }} }} "
            + Repeat(count, n => $"fragment F{n} on Student {{ id ...F{n + 1} }} ")
            + $"fragment F{count} on Student {{ email }}"),
        ("variables", count => $"query({Repeat(count, n => $"$v{n}: String ")}) {{ students {{ "
            + Repeat(count, n => $"g{n}: guardian(language: $v{n}) {{ name }} ") + "} }"),
        ("operations", count => Repeat(count, n => $"query Q{n} {{ students {{ id ...F }} }} ")
            + "fragment F on Student { email }"),
    ];

    public static void Print()
    {
        var schema = SampleSchool.Schema();
        Console.WriteLine("validation, µs of processor time at 1 x, 10 x and 100 x the document");
        foreach (var (name, document) in Shapes)
        {
            var documents = Array.ConvertAll(
                [20, 200, 2000], size => Parser.Parse(document(size), ParserLimits.Trusted));
            var figures = Work.Measure(Array.ConvertAll(documents, size => new Action(() => Validate(schema, size))));
            var (small, large) = (figures[0].Microseconds, figures[2].Microseconds);
            Console.WriteLine($"  {name,-18} {small,8:0} {figures[1].Microseconds,8:0} {large,8:0}   "
                + $"{large / small / 100:0.00} of linear");
        }
    }

    private static void Validate(Schema schema, DocumentNode document)
    {
        var faults = DocumentValidator.Validate(schema, document, WithoutLimits);
        if (faults.Count > 0) throw new InvalidOperationException(faults[0].Message);
    }

    private static string Repeat(int count, Func<int, string> part)
    {
        var text = new StringBuilder();
        for (var n = 0; n < count; n++) text.Append(part(n));
        return text.ToString();
    }
}
