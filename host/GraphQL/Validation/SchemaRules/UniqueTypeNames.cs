using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>Each type has a name of its own (3.3).</summary>
internal sealed class UniqueTypeNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors) => ReportRepeated(
        errors,
        sdl.Types.Where(type => !type.IsExtension).Select(type => type.Name),
        name => $"There can be only one type named \"{name}\".");
}
