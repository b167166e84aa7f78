using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Why a schema cannot be built.</summary>
/// <param name="Message">What is wrong, naming the coordinate and the way out.</param>
/// <param name="Locations">Where, when the schema was read from a text; else empty.</param>
/// <param name="Rule">The SDL rule's name when the text itself breaks one; null for a fault of the type system.</param>
public sealed record SchemaError(string Message, IReadOnlyList<Location> Locations, string? Rule = null)
{
    /// <summary>The message with its first place.</summary>
    public override string ToString() =>
        Locations is [var first, ..] ? $"{Message} ({first.Source?.Name}:{first.Line}:{first.Column})" : Message;
}

/// <summary>What came of building: a schema, or everything that is wrong with it.</summary>
public sealed class SchemaResult
{
    internal SchemaResult(Schema? schema, IReadOnlyList<SchemaError> errors)
    {
        Schema = schema;
        Errors = errors;
    }

    /// <summary>The schema; null when there are errors.</summary>
    public Schema? Schema { get; }

    /// <summary>What is wrong; empty when the schema is there.</summary>
    public IReadOnlyList<SchemaError> Errors { get; }

    /// <summary>
    /// The schema, or an exception listing every error: for start-up, where a wrong schema is our bug.
    /// </summary>
    public Schema GetSchemaOrThrow() => Schema ?? throw new InvalidOperationException(
        $"The GraphQL schema has {Errors.Count} error(s):\n{string.Join('\n', Errors)}");
}
