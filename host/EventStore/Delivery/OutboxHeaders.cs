using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>What is kept with a message besides its payload.</summary>
internal static class OutboxHeaders
{
    /// <summary>Who caused it, as JSON; null for nobody known.</summary>
    public static string? Write(EventMetadata cause) => cause == EventMetadata.None
        ? null
        : JsonSerializer.Serialize(cause, JsonSerializerOptions.Web);

    public static EventMetadata Read(string? json) => json is null
        ? EventMetadata.None
        : JsonSerializer.Deserialize<EventMetadata>(json, JsonSerializerOptions.Web) ?? EventMetadata.None;
}
