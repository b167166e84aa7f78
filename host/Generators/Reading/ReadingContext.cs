using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Collects, while one class is read, what its fields refer to and what is wrong.</summary>
internal sealed class ReadingContext
{
    private readonly Dictionary<string, EnumModel> enums = [];
    private readonly Dictionary<string, InputModel?> inputs = [];
    private readonly SortedSet<string> rows = [];
    private readonly List<Problem> problems = [];

    public References References => new(
        enums.Values.ToItems(), inputs.Values.OfType<InputModel>().ToItems(), rows.ToItems());

    public Items<Problem> Problems => problems.Distinct().ToItems();

    public void Report(DiagnosticDescriptor rule, ISymbol at, params string[] arguments) =>
        problems.Add(Problem.At(rule, at.Locations.FirstOrDefault(), arguments));

    public void Report(DiagnosticDescriptor rule, Location at, params string[] arguments) =>
        problems.Add(Problem.At(rule, at, arguments));

    public void Returns(RowModel row) => rows.Add(row.CSharp);

    public void Uses(string name, Func<EnumModel> read)
    {
        if (!enums.ContainsKey(name))
        {
            enums.Add(name, read());
        }
    }

    /// <summary>Input objects may hold each other, so the name is taken before the fields are read.</summary>
    public void Uses(string name, Func<InputModel> read)
    {
        if (!inputs.ContainsKey(name))
        {
            inputs.Add(name, null);
            inputs[name] = read();
        }
    }
}
