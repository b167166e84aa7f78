using System.Globalization;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// <c>@cost</c> and <c>@listSize</c> of IBM's cost directives, with HotChocolate's default for slicing arguments:
/// clients and tools read in the schema what the server charges. A schema has them once something in it has a price.
/// </summary>
internal static class CostDirectives
{
    /// <summary>Adds the definitions that the types need and nobody brought along.</summary>
    public static void AddTo(List<DirectiveDefinition> directives, IReadOnlyList<TypeDefinition> types)
    {
        var fields = types.OfType<TypeWithFields>().SelectMany(type => type.Fields).ToList();
        if (types.Any(type => type.Cost is not null) || fields.Exists(HasCost) || InputsOf(types).Any(HasCost))
        {
            Add(directives, Cost());
        }

        if (fields.Exists(field => field.ListSize is not null)) Add(directives, ListSize());
    }

    /// <summary>Says which sizes name arguments or fields that are not there.</summary>
    public static void Validate(IEnumerable<TypeDefinition> types, SchemaErrors errors)
    {
        foreach (var field in types.OfType<TypeWithFields>().SelectMany(type => type.Fields))
        {
            if (field.ListSize is not { } size) continue;

            foreach (var name in size.SlicingArguments.Where(name => field.FindArgument(name) is null))
            {
                errors.Add($"The list size of \"{field}\" names the argument \"{name}\", which the field has not.");
            }

            var holder = field.Type.NamedType as TypeWithFields;
            foreach (var name in size.SizedFields.Where(name => holder?.FindField(name) is null))
            {
                errors.Add($"The list size of \"{field}\" names \"{name}\", which \"{field.Type.NamedType}\" has not.");
            }
        }
    }

    /// <summary>The directives of a field as text, each after a blank; empty where the defaults hold.</summary>
    public static string Of(FieldDefinition field)
    {
        var cost = field.Cost is { } weight && weight != Weights.OfKind(field.Type) ? Text(weight) : "";
        return field.ListSize is { } size ? cost + Text(size) : cost;
    }

    /// <summary>The directive of an argument or input field as text.</summary>
    public static string Of(InputValueDefinition input) => input.Cost is { } weight ? Text(weight) : "";

    /// <summary>The directive of a type as text.</summary>
    public static string Of(TypeDefinition type) => type.Cost is { } weight ? Text(weight) : "";

    private static bool HasCost(FieldDefinition field) =>
        (field.Cost is { } weight && weight != Weights.OfKind(field.Type)) || field.Arguments.Any(HasCost);

    private static bool HasCost(InputValueDefinition input) => input.Cost is not null;

    private static IEnumerable<InputValueDefinition> InputsOf(IEnumerable<TypeDefinition> types) =>
        types.OfType<InputObjectType>().SelectMany(type => type.Fields);

    private static void Add(List<DirectiveDefinition> directives, DirectiveDefinition directive)
    {
        if (!directives.Exists(known => known.Name == directive.Name)) directives.Add(directive);
    }

    private static string Text(double weight) =>
        $" @cost(weight: \"{weight.ToString(CultureInfo.InvariantCulture)}\")";

    private static string Text(ListSize size)
    {
        var arguments = new List<string>();
        if (size.AssumedSize is { } assumed) arguments.Add($"assumedSize: {assumed}");
        if (size.SlicingArguments.Count > 0) arguments.Add($"slicingArguments: {Names(size.SlicingArguments)}");
        if (size.SlicingArgumentDefaultValue is { } usual) arguments.Add($"slicingArgumentDefaultValue: {usual}");
        if (size.SizedFields.Count > 0) arguments.Add($"sizedFields: {Names(size.SizedFields)}");
        if (!size.RequireOneSlicingArgument) arguments.Add("requireOneSlicingArgument: false");
        return $" @listSize({string.Join(", ", arguments)})";
    }

    private static string Names(IEnumerable<string> names) =>
        $"[{string.Join(", ", names.Select(ValuePrinter.Quoted))}]";

    private static DirectiveDefinition Cost() => new("cost")
    {
        Description = "What an element adds to the price of an operation.",
        Arguments = [new("weight", "String!") { Description = "The price as a number; multiplied by list sizes." }],
        Locations =
        [
            DirectiveLocation.Scalar, DirectiveLocation.Object, DirectiveLocation.FieldDefinition,
            DirectiveLocation.ArgumentDefinition, DirectiveLocation.Enum, DirectiveLocation.InputFieldDefinition,
        ],
    };

    private static DirectiveDefinition ListSize() => new("listSize")
    {
        Description = "How many values a list has, for the price of what is selected below it.",
        Arguments =
        [
            new("assumedSize", "Int") { Description = "Values to expect when no argument says it." },
            new("slicingArguments", "[String!]") { Description = "Arguments that bound the number of values." },
            new("slicingArgumentDefaultValue", "Int") { Description = "Values when none of them is given." },
            new("sizedFields", "[String!]") { Description = "Fields of the answer that hold the values." },
            new("requireOneSlicingArgument", "Boolean!")
            {
                Description = "Whether exactly one of the slicing arguments has to be given.",
                DefaultLiteral = "true",
            },
        ],
        Locations = [DirectiveLocation.FieldDefinition],
    };
}
