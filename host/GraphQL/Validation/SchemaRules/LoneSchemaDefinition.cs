using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>A text has one schema definition at most (3.3): two could name different roots.</summary>
internal sealed class LoneSchemaDefinition : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var schema in sdl.Schemas.Where(schema => !schema.IsExtension).Skip(1))
        {
            Report(errors, "There can be only one schema definition.", schema);
        }
    }
}
