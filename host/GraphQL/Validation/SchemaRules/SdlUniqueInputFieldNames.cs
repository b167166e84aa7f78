using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>A field of an input object value is given once at most (5.6.3).</summary>
internal sealed class SdlUniqueInputFieldNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        var given =
            sdl.AppliedDirectives.SelectMany(directive => directive.Arguments).Select(argument => argument.Value);
        var defaults = sdl.InputValues.Select(input => input.DefaultValue).OfType<ValueNode>();
        foreach (var value in given.Concat(defaults)) Check(value, errors);
    }

    private void Check(ValueNode value, List<SchemaError> errors)
    {
        if (value is ListValueNode list)
        {
            foreach (var item in list.Values) Check(item, errors);
        }
        else if (value is ObjectValueNode { Fields: var fields })
        {
            ReportRepeated(
                errors,
                fields.Select(field => field.Name),
                name => $"Input field \"{name}\" can be given only once.");
            foreach (var field in fields) Check(field.Value, errors);
        }
    }
}
