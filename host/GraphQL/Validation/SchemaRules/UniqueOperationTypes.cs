using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>Each operation type has one root type (3.3.1), extensions of the schema included.</summary>
internal sealed class UniqueOperationTypes : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        var roots = sdl.Schemas.SelectMany(schema => schema.OperationTypes).GroupBy(root => root.Operation);
        foreach (var root in roots)
        {
            foreach (var repeated in root.Skip(1))
            {
                Report(errors, $"There can be only one {root.Key} root type.", root.First(), repeated);
            }
        }
    }
}
