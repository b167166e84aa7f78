using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.3.1, Field Selections: a selected field is defined by the type it is selected from.</summary>
internal sealed class FieldsOnCorrectType(ValidationContext context) : Rule(context)
{
    public override void EnterField(FieldNode field)
    {
        if (Context.ParentType is not { } parent || Context.Field is not null) return;
        Report($"Cannot query field \"{field.Name.Value}\" on type \"{parent}\".", field);
    }
}
