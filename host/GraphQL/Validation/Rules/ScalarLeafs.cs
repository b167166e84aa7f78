using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.3.3, Leaf Field Selections: objects need a selection of fields, scalars and enums cannot have one.
/// </summary>
internal sealed class ScalarLeafs(ValidationContext context) : Rule(context)
{
    public override void EnterField(FieldNode field)
    {
        if (Context.Field?.Type is not { } type) return;

        if (!type.NamedType.IsLeaf && field.SelectionSet is null)
        {
            Report($"Field \"{field.Name.Value}\" of type \"{type}\" must have a selection of subfields.", field);
        }
        else if (type.NamedType.IsLeaf && field.SelectionSet is { } selections)
        {
            Report($"Field \"{field.Name.Value}\" of type \"{type}\" has no subfields to select.", selections);
        }
    }
}
