using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// A selection set asks for one field under at most <see cref="ValidationOptions.MaxAliases"/> different names.
/// </summary>
internal sealed class MaxAliases(ValidationContext context) : Rule(context)
{
    public override void EnterSelectionSet(SelectionSetNode selections)
    {
        if (selections.Selections.Length <= Context.Options.MaxAliases) return;

        foreach (var same in selections.Selections.OfType<FieldNode>().GroupBy(field => field.Name.Value))
        {
            var aliases = same.Count(field => field.Alias is not null);
            if (aliases <= Context.Options.MaxAliases) continue;

            var coordinate = Context.ParentType is { } parent ? $"{parent.Name}.{same.Key}" : null;
            Context.Report(
                this,
                LimitCode.Aliases,
                new PassedLimit("aliases", Context.Options.MaxAliases, aliases, coordinate),
                $"{coordinate ?? same.Key} has too many aliases here",
                same.First());
        }
    }
}
