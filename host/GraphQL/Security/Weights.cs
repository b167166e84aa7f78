using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>What an element costs when nobody said otherwise. The first two follow the cost directives of IBM's draft,
/// the third is HotChocolate's addition: fields that go and ask somebody are the dear ones.</summary>
internal static class Weights
{
    /// <summary>An object, interface, union or input object: something has to be built.</summary>
    public const double Composite = 1;

    /// <summary>A scalar or enum: comes with its object.</summary>
    public const double Leaf = 0;

    /// <summary>A field whose resolver may have to wait, or anything else that is a query of its own.</summary>
    public const double OwnQuery = 10;

    /// <summary>Of resolving the field once.</summary>
    public static double Of(FieldDefinition field) =>
        field.Cost ?? (field.Resolver is AsyncResolver or TaskResolver ? OwnQuery : OfKind(field.Type));

    /// <summary>Of giving an argument or input field.</summary>
    public static double Of(InputValueDefinition input) => input.Cost ?? OfKind(input.Type);

    /// <summary>Of one value in the answer; of an interface or union, the heaviest that it may be.</summary>
    public static double Of(TypeDefinition type) => type.Cost
        ?? (type.IsAbstract
            ? Schema.PossibleTypes(type).Select(Of).DefaultIfEmpty(Composite).Max()
            : OfKind(type));

    /// <summary>The weight a reader of the schema assumes without being told.</summary>
    public static double OfKind(IType type) => type.NamedType.IsLeaf ? Leaf : Composite;
}
