using System.Text.Json.Serialization;

namespace K12Hub.GraphQL.Http.Multipart;

/// <summary>How a map is read from JSON: strictly.</summary>
[JsonSourceGenerationOptions(AllowDuplicateProperties = false)]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class FileMapJson : JsonSerializerContext;
