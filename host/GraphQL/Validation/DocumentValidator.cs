using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>Validates documents before execution (5).</summary>
public static class DocumentValidator
{
    /// <summary>What is wrong with a document; empty when it can be executed.</summary>
    public static IReadOnlyList<ValidationError> Validate(
        Schema schema,
        DocumentNode document,
        ValidationOptions? options = null)
    {
        var context = new ValidationContext(schema, document, options ?? ValidationOptions.Default);
        new DocumentWalker(context, RuleList.Create(context)).Walk();
        return context.Errors;
    }
}
