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
            if (same.Count(field => field.Alias is not null) <= Context.Options.MaxAliases) continue;
            var message = $"Field \"{same.Key}\" has more than {Context.Options.MaxAliases} aliases here.";
            Context.Report(this, "GRAPHQL_LIMIT_ALIASES", message, [same.First()]);
        }
    }
}
