using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>Each directive has a name of its own (3.3).</summary>
internal sealed class UniqueDirectiveNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors) => ReportRepeated(
        errors,
        sdl.DirectiveDefinitions.Select(directive => directive.Name),
        name => $"There can be only one directive named \"@{name}\".");
}
