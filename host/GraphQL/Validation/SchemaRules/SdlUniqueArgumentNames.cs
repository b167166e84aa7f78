using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>An argument is given once at most (5.4.2).</summary>
internal sealed class SdlUniqueArgumentNames : SdlRule
{
    public override void Check(SdlDocument sdl, List<SchemaError> errors)
    {
        foreach (var directive in sdl.AppliedDirectives)
        {
            foreach (var same in directive.Arguments.GroupBy(argument => argument.Name.Value).Where(g => g.Count() > 1))
            {
                Report(
                    errors,
                    $"Argument \"@{directive.Name.Value}({same.Key}:)\" can be given only once.",
                    same.Select(argument => argument.Name));
            }
        }
    }
}
