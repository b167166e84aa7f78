using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>IsValidImplementation (3.6, 3.7): an object or interface must be all that its interfaces promise.</summary>
internal sealed class ImplementationValidator(
    TypeWithFields type,
    IReadOnlyList<TypeDefinition> types,
    SchemaErrors errors)
{
    public void Validate()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in type.InterfaceReferences)
        {
            if (Find(name) is not { } @interface)
            {
                errors.Add($"Type \"{type}\" can only implement interfaces; \"{name}\" is none.", Nodes(type, name));
            }
            else if (ReferenceEquals(@interface, type))
            {
                errors.Add($"Type \"{type}\" cannot implement itself.", Nodes(type, name));
            }
            else if (!seen.Add(name))
            {
                errors.Add($"Type \"{type}\" can implement \"{name}\" only once.", Nodes(type, name));
            }
            else
            {
                CheckAncestors(@interface);
                foreach (var field in @interface.Fields) CheckField(field, @interface);
            }
        }
    }

    private InterfaceType? Find(string name) =>
        types.FirstOrDefault(candidate => candidate.Name == name) as InterfaceType;

    private void CheckAncestors(InterfaceType @interface)
    {
        foreach (var ancestor in @interface.InterfaceReferences.Except(type.InterfaceReferences))
        {
            var nodes = Nodes(@interface, ancestor).Concat(Nodes(type, @interface.Name));
            errors.Add(
                ancestor == type.Name
                    ? $"Type \"{type}\" cannot implement \"{@interface}\", which implements it: a circle."
                    : $"Type \"{type}\" must implement \"{ancestor}\" because \"{@interface}\" does.",
                nodes);
        }
    }

    private void CheckField(FieldDefinition promised, InterfaceType @interface)
    {
        if (type.FindField(promised.Name) is not { } field)
        {
            errors.Add(
                $"\"{promised}\" is expected, but type \"{type}\" does not have it.",
                [promised.Syntax, .. type.Syntax]);
            return;
        }

        if (!IsSubtype(field.Type, promised.Type))
        {
            errors.Add(
                $"\"{promised}\" promises type \"{promised.Type}\", but \"{field}\" has \"{field.Type}\".",
                promised.Syntax?.Type,
                field.Syntax?.Type);
        }

        foreach (var argument in promised.Arguments) CheckArgument(argument, field);
        foreach (var argument in field.Arguments.Where(own => own.IsRequired))
        {
            if (promised.FindArgument(argument.Name) is not null) continue;

            errors.Add(
                $"\"{argument}\" must not be required, because \"{promised}\" does not have it.",
                argument.Syntax,
                promised.Syntax);
        }

        if (field.DeprecationReason is not null && promised.DeprecationReason is null)
        {
            errors.Add(
                $"\"{field}\" cannot be deprecated while \"{@interface}.{promised.Name}\" is not.",
                SchemaValidator.Deprecation(field.Syntax),
                field.Syntax?.Type);
        }
    }

    private void CheckArgument(InputValueDefinition promised, FieldDefinition field)
    {
        if (field.FindArgument(promised.Name) is not { } argument)
        {
            errors.Add($"\"{promised}\" is expected, but \"{field}\" does not have it.", promised.Syntax, field.Syntax);
        }
        else if (!TypeComparison.AreEqual(argument.Type, promised.Type))
        {
            errors.Add(
                $"\"{promised}\" promises type \"{promised.Type}\", but \"{argument}\" has \"{argument.Type}\".",
                promised.Syntax?.Type,
                argument.Syntax?.Type);
        }
    }

    private static bool IsSubtype(IType type, IType of) => (type, of) switch
    {
        (NonNullType left, NonNullType right) => IsSubtype(left.OfType, right.OfType),
        (NonNullType left, _) => IsSubtype(left.OfType, of),
        (ListType left, ListType right) => IsSubtype(left.OfType, right.OfType),
        (TypeDefinition left, TypeDefinition right) => left == right || Schema.IsSubtype(right, left),
        _ => false,
    };

    private static IEnumerable<SyntaxNode> Nodes(TypeWithFields implementation, string name) => implementation.Syntax
        .SelectMany(part => part switch
        {
            ObjectTypeDefinitionNode node => node.Interfaces,
            InterfaceTypeDefinitionNode node => node.Interfaces,
            _ => [],
        })
        .Where(node => node.Name.Value == name);
}
