using System.Text;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Writes a schema as SDL: the schema definition where it says more than the usual names, then directives, then types,
/// each in the order of the schema, or by name. What the specification defines itself is left out.
/// </summary>
public static class SchemaPrinter
{
    /// <summary>The schema as text.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="sorted">Whether everything stands in the order of names: for texts to compare.</param>
    public static string Print(Schema schema, bool sorted = false) => new SdlWriter(sorted).Write(schema);
}

/// <summary>Collects the text of a schema.</summary>
internal sealed class SdlWriter(bool sorted)
{
    private readonly StringBuilder output = new();

    public string Write(Schema schema)
    {
        WriteSchemaDefinition(schema);
        foreach (var directive in Order(schema.Directives, directive => directive.Name))
        {
            if (!BuiltInDirectives.IsBuiltIn(directive.Name)) Write(directive);
        }

        foreach (var type in Order(schema.Types, type => type.Name))
        {
            if (!type.IsBuiltIn) Write(type);
        }

        return output.ToString();
    }

    private IEnumerable<T> Order<T>(IEnumerable<T> items, Func<T, string> name) =>
        sorted ? items.OrderBy(name, StringComparer.Ordinal) : items;

    private void WriteSchemaDefinition(Schema schema)
    {
        var hasUsualNames = schema.QueryType.Name is "Query"
            && schema.MutationType?.Name is null or "Mutation"
            && schema.SubscriptionType?.Name is null or "Subscription";
        var usualNamesMeanRoots = IsRootOrNoObject(schema, "Mutation", schema.MutationType)
            && IsRootOrNoObject(schema, "Subscription", schema.SubscriptionType);
        if (schema.Description is null && hasUsualNames && usualNamesMeanRoots) return;

        Separate();
        Description(schema.Description, "", first: true);
        output.Append("schema {\n  query: ").Append(schema.QueryType.Name);
        if (schema.MutationType is { } mutation) output.Append("\n  mutation: ").Append(mutation.Name);
        if (schema.SubscriptionType is { } subscription) output.Append("\n  subscription: ").Append(subscription.Name);
        output.Append("\n}");
    }

    // A type called Mutation that is not the root would become it when the text is read again.
    private static bool IsRootOrNoObject(Schema schema, string name, ObjectType? root) =>
        root is not null || schema.FindType(name) is not ObjectType;

    private void Write(DirectiveDefinition directive)
    {
        Separate();
        Description(directive.Description, "", first: true);
        output.Append("directive @").Append(directive.Name);
        Arguments(directive.Arguments, "");
        if (directive.IsRepeatable) output.Append(" repeatable");
        output.Append(" on ");
        output.AppendJoin(" | ", Order(directive.Locations.Select(DirectiveDefinition.NameOf), name => name));
    }

    private void Write(TypeDefinition type)
    {
        Separate();
        Description(type.Description, "", first: true);
        switch (type)
        {
            case ScalarType scalar:
                output.Append("scalar ").Append(scalar.Name);
                if (scalar.SpecifiedBy is { } url) output.Append($" @specifiedBy(url: {ValuePrinter.Quoted(url)})");
                break;
            case TypeWithFields withFields: Write(withFields); break;
            case UnionType union:
                output.Append("union ").Append(union.Name).Append(" = ");
                output.AppendJoin(" | ", Order(union.Members.Select(member => member.Name), name => name));
                break;
            case EnumType enumType: Write(enumType); break;
            case InputObjectType input: Write(input); break;
        }
    }

    private void Write(TypeWithFields type)
    {
        output.Append(type is ObjectType ? "type " : "interface ").Append(type.Name);
        if (type.Interfaces.Count > 0)
        {
            output.Append(" implements ");
            output.AppendJoin(" & ", Order(type.Interfaces.Select(@interface => @interface.Name), name => name));
        }

        output.Append(CostDirectives.Of(type)).Append(" {\n");
        var first = true;
        foreach (var field in Order(type.Fields, field => field.Name))
        {
            Line(field.Description, "  ", ref first);
            output.Append("  ").Append(field.Name);
            Arguments(field.Arguments, "  ");
            output.Append($": {field.Type}");
            Deprecation(field.DeprecationReason);
            output.Append(CostDirectives.Of(field));
        }

        output.Append("\n}");
    }

    private void Write(EnumType type)
    {
        output.Append("enum ").Append(type.Name).Append(" {\n");
        var first = true;
        foreach (var value in Order(type.Values, value => value.Name))
        {
            Line(value.Description, "  ", ref first);
            output.Append("  ").Append(value.Name);
            Deprecation(value.DeprecationReason);
        }

        output.Append("\n}");
    }

    private void Write(InputObjectType type)
    {
        output.Append("input ").Append(type.Name).Append(type.IsOneOf ? " @oneOf {\n" : " {\n");
        var first = true;
        foreach (var field in Order(type.Fields, field => field.Name))
        {
            Line(field.Description, "  ", ref first);
            output.Append("  ");
            Input(field);
        }

        output.Append("\n}");
    }

    private void Arguments(IReadOnlyList<InputValueDefinition> arguments, string indent)
    {
        if (arguments.Count == 0) return;

        var described = arguments.Any(argument => argument.Description is not null);
        output.Append(described ? "(\n" : "(");
        var first = true;
        foreach (var argument in Order(arguments, argument => argument.Name))
        {
            if (described) Line(argument.Description, indent + "  ", ref first);
            else if (!first) output.Append(", ");
            first = false;
            if (described) output.Append(indent).Append("  ");
            Input(argument);
        }

        if (described) output.Append('\n').Append(indent);
        output.Append(')');
    }

    private void Input(InputValueDefinition input)
    {
        output.Append($"{input.Name}: {input.Type}");
        if (input.DefaultValue is { } value) output.Append($" = {Printer.Print(value)}");
        Deprecation(input.DeprecationReason);
        output.Append(CostDirectives.Of(input));
    }

    private void Deprecation(string? reason)
    {
        if (reason is null) return;
        output.Append(" @deprecated");
        if (reason != BuiltInDirectives.DefaultDeprecationReason)
        {
            output.Append($"(reason: {ValuePrinter.Quoted(reason)})");
        }
    }

    private void Separate()
    {
        if (output.Length > 0) output.Append("\n\n");
    }

    private void Line(string? description, string indent, ref bool first)
    {
        if (!first) output.Append('\n');
        Description(description, indent, first);
        first = false;
    }

    private void Description(string? description, string indent, bool first)
    {
        if (description is null) return;
        if (!first) output.Append('\n');
        var text = Printer.Print(new StringValueNode(description, BlockString.CanExpress(description)));
        output.Append(indent).Append(text.Replace("\n", "\n" + indent, StringComparison.Ordinal)).Append('\n');
    }
}
