using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Collects, while one class is read, what its fields refer to and what is wrong.</summary>
internal sealed class ReadingContext
{
    private readonly Dictionary<string, EnumModel> enums = [];
    private readonly Dictionary<string, InputModel?> inputs = [];
    private readonly Dictionary<string, AbstractModel?> abstracts = [];
    private readonly SortedSet<string> rows = [];
    private readonly List<Problem> problems = [];
    private readonly List<Problem> suspicions = [];

    public References References => new(
        enums.Values.ToItems(),
        inputs.Values.OfType<InputModel>().ToItems(),
        abstracts.Values.OfType<AbstractModel>().ToItems(),
        rows.ToItems());

    /// <summary>What may be wrong: it depends on classes that are read apart. The first argument of each is the C#
    /// type that decides.</summary>
    private Items<Problem> Suspicions => suspicions.Distinct().ToItems();

    private Items<Problem> Problems => problems.Distinct().ToItems();

    /// <summary>What was read, with all that is wrong.</summary>
    public Found<TModel> Found<TModel>(TModel model)
        where TModel : class => new(model) { Problems = Problems, Suspicions = Suspicions };

    public void Report(DiagnosticDescriptor rule, ISymbol at, params string[] arguments) =>
        problems.Add(Problem.At(rule, at.Locations.FirstOrDefault(), arguments));

    public void Report(DiagnosticDescriptor rule, Location at, params string[] arguments) =>
        problems.Add(Problem.At(rule, at, arguments));

    public void Suspect(DiagnosticDescriptor rule, ISymbol at, params string[] arguments) =>
        suspicions.Add(Problem.At(rule, at.Locations.FirstOrDefault(), arguments));

    public void Returns(RowModel row, ISymbol at)
    {
        rows.Add(row.CSharp);
        Suspect(Rules.NoObjectType, at, row.CSharp);
    }

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

    /// <summary>As input objects.</summary>
    public void Uses(string name, Func<AbstractModel> read)
    {
        if (!abstracts.ContainsKey(name))
        {
            abstracts.Add(name, null);
            abstracts[name] = read();
        }
    }
}
