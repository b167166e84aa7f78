using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.5.1.2, Fragment Spread Type Existence, and the same for variables: a type that is named exists.</summary>
internal sealed class KnownTypeNames(ValidationContext context) : Rule(context)
{
    public override void EnterTypeName(NamedTypeNode type)
    {
        if (Context.Schema.FindType(type.Name.Value) is null) Report($"Unknown type \"{type.Name.Value}\".", type);
    }
}
