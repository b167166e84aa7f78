using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// Type validation (the sub-sections of that name in 3): what a schema must be so that every request can be answered.
/// Implementations of interfaces and cycles of input objects have validators of their own.
/// </summary>
internal sealed class SchemaValidator(
    IReadOnlyList<TypeDefinition> types,
    IReadOnlyList<DirectiveDefinition> directives,
    SchemaErrors errors)
{
    public void Validate()
    {
        foreach (var directive in directives) Validate(directive);
        foreach (var type in types)
        {
            CheckName(type.Name, $"Type \"{type.Name}\"", type.Syntax.FirstOrDefault());
            Validate(type);
        }

        new InputCycles(errors).Validate(types.OfType<InputObjectType>());
    }

    private void Validate(DirectiveDefinition directive)
    {
        CheckName(directive.Name, $"Directive \"{directive}\"", directive.Syntax);
        if (directive.Locations.Count == 0)
        {
            errors.Add($"Directive \"{directive}\" must have a location.", directive.Syntax);
        }
        CheckUnique(
            directive.Arguments.Select(argument => argument.Name),
            $"Directive \"{directive}\"",
            "argument",
            []);
        foreach (var argument in directive.Arguments) Validate(argument, argument.Syntax);
    }

    private void Validate(TypeDefinition type)
    {
        switch (type)
        {
            case TypeWithFields withFields:
                CheckCount(withFields.Fields.Count, type, "field");
                CheckUnique(withFields.Fields.Select(field => field.Name), $"Type \"{type}\"", "field", type.Syntax);
                foreach (var field in withFields.Fields) Validate(field);
                new ImplementationValidator(withFields, types, errors).Validate();
                break;
            case UnionType union: Validate(union); break;
            case EnumType enumType: Validate(enumType); break;
            case InputObjectType input: Validate(input); break;
        }
    }

    private void Validate(FieldDefinition field)
    {
        CheckName(field.Name, $"Field \"{field}\"", field.Syntax);
        if (!field.Type.IsOutputType)
        {
            errors.Add(
                $"The type of \"{field}\" must be an output type; \"{field.Type}\" is none.",
                field.Syntax?.Type);
        }

        CheckUnique(
            field.Arguments.Select(argument => argument.Name),
            $"Field \"{field}\"",
            "argument",
            [field.Syntax]);
        foreach (var argument in field.Arguments) Validate(argument, argument.Syntax?.Type);
    }

    private void Validate(InputValueDefinition input, SyntaxNode? typePlace)
    {
        CheckName(input.Name, $"\"{input}\"", input.Syntax);
        if (!input.Type.IsInputType)
        {
            errors.Add($"The type of \"{input}\" must be an input type; \"{input.Type}\" is none.", typePlace);
        }

        if (input is { IsRequired: true, DeprecationReason: not null })
        {
            errors.Add(
                $"\"{input}\" is required and cannot be deprecated. Make it nullable, or give it a default.",
                Deprecation(input.Syntax),
                input.Syntax?.Type);
        }
    }

    private void Validate(UnionType union)
    {
        CheckCount(union.MemberReferences.Count, union, "member type");
        foreach (var member in union.MemberReferences.GroupBy(name => name, StringComparer.Ordinal))
        {
            var nodes = union.Syntax.OfType<UnionTypeDefinitionNode>().SelectMany(part => part.Types)
                .Where(node => node.Name.Value == member.Key);
            if (member.Count() > 1) errors.Add($"Union \"{union}\" names \"{member.Key}\" more than once.", nodes);
            else if (!union.Members.Any(type => type.Name == member.Key))
            {
                errors.Add($"Union \"{union}\" can only include object types; \"{member.Key}\" is none.", nodes);
            }
        }
    }

    private void Validate(EnumType type)
    {
        CheckCount(type.Values.Count, type, "value");
        CheckUnique(type.Values.Select(value => value.Name), $"Enum \"{type}\"", "value", type.Syntax);
        foreach (var value in type.Values)
        {
            CheckName(value.Name, $"Enum value \"{type}.{value.Name}\"", value.Syntax);
            if (value.Name is not ("true" or "false" or "null")) continue;
            errors.Add($"Enum \"{type}\" cannot have a value \"{value.Name}\".", value.Syntax);
        }
    }

    private void Validate(InputObjectType type)
    {
        CheckCount(type.Fields.Count, type, "field");
        CheckUnique(type.Fields.Select(field => field.Name), $"Input object \"{type}\"", "field", type.Syntax);
        foreach (var field in type.Fields)
        {
            Validate(field, field.Syntax?.Type);
            if (!type.IsOneOf) continue;

            if (field.Type is NonNullType) errors.Add($"OneOf field \"{field}\" must be nullable.", field.Syntax?.Type);
            if (field.DefaultValue is not null)
            {
                errors.Add($"OneOf field \"{field}\" cannot have a default.", field.Syntax);
            }
        }
    }

    // Two leading underscores belong to introspection (3.1.1, "Reserved Names").
    private void CheckName(string name, string what, SyntaxNode? node)
    {
        if (!Names.IsName(name))
        {
            errors.Add($"{what} has no valid name: letters, digits and \"_\", no digit first.", node);
        }
        else if (name.StartsWith("__", StringComparison.Ordinal))
        {
            errors.Add($"{what} must not begin with \"__\", which is for introspection.", node);
        }
    }

    private void CheckCount(int count, TypeDefinition type, string what)
    {
        if (count == 0) errors.Add($"Type \"{type}\" must define at least one {what}.", type.Syntax);
    }

    private void CheckUnique(IEnumerable<string> names, string what, string part, IEnumerable<SyntaxNode?> nodes)
    {
        foreach (var name in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            errors.Add($"{what} has more than one {part} named \"{name.Key}\". Remove or rename one.", nodes);
        }
    }

    internal static DirectiveNode? Deprecation(IHasDirectives? node)
    {
        if (node is null) return null;

        foreach (var directive in node.Directives)
        {
            if (directive.Name.Value is "deprecated") return directive;
        }

        return null;
    }
}

/// <summary>Names as the grammar has them ("Names").</summary>
internal static class Names
{
    public static bool IsName(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0])
        && text.All(character => character is '_' || char.IsAsciiLetterOrDigit(character));
}
