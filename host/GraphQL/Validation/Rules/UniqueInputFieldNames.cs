using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.6.3, Input Object Field Uniqueness: a field is given once at most.</summary>
internal sealed class UniqueInputFieldNames(ValidationContext context) : Rule(context)
{
    public override void EnterObject(ObjectValueNode value)
    {
        if (value.Fields.Length < 2) return;

        var known = new Dictionary<string, NameNode>(StringComparer.Ordinal);
        foreach (var field in value.Fields)
        {
            if (known.TryAdd(field.Name.Value, field.Name)) continue;
            Report($"Input field \"{field.Name.Value}\" can be given only once.", known[field.Name.Value], field.Name);
        }
    }
}
