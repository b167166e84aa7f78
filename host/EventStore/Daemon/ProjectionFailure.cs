using System.Diagnostics;
using System.Text.Json;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Why an event could not be projected. Says nothing of what is in the event: messages of exceptions may
/// repeat it, so only the place is kept where one was thrown.</summary>
/// <param name="Position">The event's position.</param>
/// <param name="StreamId">Its stream.</param>
/// <param name="Type">Its stored name.</param>
/// <param name="Exception">Type of the exception.</param>
/// <param name="Message">Where it was thrown, or what PostgreSQL objected to.</param>
public sealed record ProjectionFailure(long Position, Guid StreamId, string Type, string Exception, string Message)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    internal static ProjectionFailure Of(PoisonEvent happened, Exception failure) => new(
        happened.Position, happened.StreamId, happened.Type, failure.GetType().Name, Describe(failure));

    internal static ProjectionFailure? Read(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<ProjectionFailure>(json, Json);

    internal string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <summary>What can be said of an exception without anything of the data it was thrown over.</summary>
    internal static string Describe(Exception failure) => failure switch
    {
        ProjectionException ours => ours.Message,
        PostgresException refused => Describe(refused),
        JsonException json => $"The JSON does not fit at {json.Path}.",
        _ => $"{failure.GetType().Name} in {Place(failure)}.",
    };

    private static string Describe(PostgresException refused)
    {
        string?[] parts = [refused.SqlState, refused.TableName, refused.ColumnName, refused.ConstraintName];
        return $"PostgreSQL refused it: {string.Join(' ', parts.Where(part => !string.IsNullOrEmpty(part)))}.";
    }

    private static string Place(Exception failure)
    {
        var frames = new StackTrace(failure).GetFrames();
        var method = frames.Select(frame => frame.GetMethod())
            .FirstOrDefault(found => found?.DeclaringType?.Namespace?.StartsWith("System", StringComparison.Ordinal)
                is false);
        return method is null ? "an unknown place" : $"{method.DeclaringType!.Name}.{method.Name}";
    }
}
