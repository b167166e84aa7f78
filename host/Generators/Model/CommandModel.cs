namespace K12Hub.Generators.Model;

/// <summary>A command that is a mutation.</summary>
/// <param name="Type">The record, and the class that is generated beside it.</param>
/// <param name="Name">The mutation's name.</param>
/// <param name="Policy">Who may.</param>
/// <param name="Input">Its properties.</param>
/// <param name="Rule">Its Decide.</param>
/// <param name="Row">The row that is answered.</param>
internal sealed record CommandModel(
    RowModel Type, string Name, string Policy, InputModel Input, RuleModel Rule, RowModel Row)
{
    public string? Deprecation { get; init; }

    /// <summary>How to get the stream's id of a <c>command</c>; null when it starts a stream.</summary>
    public string? Subject { get; init; }

    /// <summary>The record's name when it may get a generated part; null when it is not partial, or nested.</summary>
    public string? Partial { get; init; }

    public References References { get; init; } = References.None;

    /// <summary>The generated class, as the module registers it.</summary>
    public ClassModel Class => new(Type.SchemaNamespace, Type.SchemaName, Items<string>.None);
}

/// <summary>A command's rule.</summary>
/// <param name="State">What it decides on.</param>
/// <param name="Event">What it decides.</param>
/// <param name="TakesTime">Whether it takes the moment.</param>
/// <param name="TakesNothing">Whether its state may be null.</param>
internal sealed record RuleModel(string State, string Event, bool TakesTime, bool TakesNothing);
