using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace K12Hub.GraphQL.Http.Multipart;

/// <summary>Which file stands at which places of the variables. In the variables a key stands for each file; it holds
/// a random part, so that no caller can write one.</summary>
internal sealed class FileMap
{
    private const string Variables = "variables";
    private readonly Dictionary<string, string> keys;

    private FileMap(Dictionary<string, string> keys, byte[] operations) =>
        (this.keys, Operations) = (keys, operations);

    /// <summary>The operations with a key in place of each file.</summary>
    public ReadOnlyMemory<byte> Operations { get; }

    /// <summary>How many files must come.</summary>
    public int Count => keys.Count;

    /// <summary>The key of the file a part is; null when none is mapped.</summary>
    public string? KeyOf(string part) => keys.GetValueOrDefault(part);

    /// <summary>Reads map and operations.</summary>
    /// <exception cref="HttpRefusal">The map is none, maps too much, or leads nowhere.</exception>
    /// <exception cref="JsonException">The operations are not JSON.</exception>
    public static FileMap Read(ReadOnlyMemory<byte> map, ReadOnlyMemory<byte> operations, GraphQLHttpOptions options)
    {
        var pathsOf = ReadMap(map, options.Upload);
        try
        {
            return Read(pathsOf, operations, options.MaxJsonDepth);
        }
        catch (InvalidOperationException thrown)
        {
            throw new JsonException("A string is not Unicode.", thrown);
        }
    }

    private static FileMap Read(Dictionary<string, string[]> pathsOf, ReadOnlyMemory<byte> operations, int maxDepth)
    {
        if (!Utf8.IsValid(operations.Span)) throw new JsonException("The operations are not UTF-8.");

        var json = new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false };
        var root = JsonNode.Parse(operations.Span, documentOptions: json);
        var nonce = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (part, paths) in pathsOf)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"{nonce}:{keys.Count}");
            keys.Add(part, key);
            foreach (var path in paths) Put(root, path, key);
        }

        return new FileMap(keys, JsonSerializer.SerializeToUtf8Bytes(root));
    }

    private static Dictionary<string, string[]> ReadMap(ReadOnlyMemory<byte> map, UploadOptions limits)
    {
        Dictionary<string, string[]>? pathsOf;
        try
        {
            pathsOf = JsonSerializer.Deserialize(map.Span, FileMapJson.Default.DictionaryStringStringArray);
        }
        catch (JsonException)
        {
            throw UploadRefusals.Map;
        }

        if (pathsOf is null || pathsOf.Values.Any(paths => paths is null or [] || paths.Contains(null!)))
        {
            throw UploadRefusals.Map;
        }

        if (pathsOf.Count > limits.MaxFiles) throw UploadRefusals.TooManyFiles(limits.MaxFiles, pathsOf.Count);
        var places = pathsOf.Values.Sum(paths => paths.Length);
        return places > limits.MaxPaths
            ? throw UploadRefusals.TooManyPaths(limits.MaxPaths, places)
            : pathsOf;
    }

    // A place that holds something already, another file for instance, is not replaced.
    private static void Put(JsonNode? root, string path, string key)
    {
        var steps = path.Split('.');
        if (steps.Length < 2 || steps[0] != Variables) throw UploadRefusals.Path;

        var parent = root;
        foreach (var step in steps.AsSpan()[..^1]) parent = Child(parent, step);
        switch (parent)
        {
            case JsonObject parentObject when parentObject.TryGetPropertyValue(steps[^1], out var old) && old is null:
                parentObject[steps[^1]] = key;
                break;
            case JsonArray list when IndexIn(list, steps[^1]) is { } index && list[index] is null:
                list[index] = key;
                break;
            default:
                throw UploadRefusals.Path;
        }
    }

    private static JsonNode? Child(JsonNode? parent, string step) => parent switch
    {
        JsonObject parentObject => parentObject.TryGetPropertyValue(step, out var child) ? child : null,
        JsonArray list when IndexIn(list, step) is { } index => list[index],
        _ => null,
    };

    private static int? IndexIn(JsonArray list, string step) =>
        int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < list.Count
            ? index
            : null;
}
