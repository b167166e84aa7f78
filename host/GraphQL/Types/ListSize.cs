namespace K12Hub.GraphQL.Types;

/// <summary>How many values a field gives, as <c>@listSize</c> of the cost directives says it.</summary>
public sealed record ListSize
{
    /// <summary>Values to expect when no slicing argument says it; null for the server's assumption.</summary>
    public int? AssumedSize { get; init; }

    /// <summary>Arguments that bound the number of values: an Int by its value, a list by its length. With several the
    /// largest counts.</summary>
    public IReadOnlyList<string> SlicingArguments { get; init; } = [];

    /// <summary>Values when no slicing argument is given; null for <see cref="AssumedSize"/>.</summary>
    public int? SlicingArgumentDefaultValue { get; init; }

    /// <summary>Fields of the returned object that hold the values; empty when the field itself is the list.</summary>
    public IReadOnlyList<string> SizedFields { get; init; } = [];

    /// <summary>Whether a client has to give exactly one of the slicing arguments.</summary>
    public bool RequireOneSlicingArgument { get; init; }
}
