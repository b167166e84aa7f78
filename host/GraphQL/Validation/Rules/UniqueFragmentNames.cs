using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.5.1.1: fragments have different names.</summary>
internal sealed class UniqueFragmentNames(ValidationContext context) : Rule(context)
{
    private readonly Dictionary<string, NameNode> known = new(StringComparer.Ordinal);

    public override void EnterFragment(FragmentDefinitionNode fragment)
    {
        var name = fragment.Name;
        if (known.TryAdd(name.Value, name)) return;
        Report($"There can be only one fragment named \"{name.Value}\".", known[name.Value], name);
    }
}
