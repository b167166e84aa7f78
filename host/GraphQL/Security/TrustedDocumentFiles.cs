using System.Text;
using System.Text.Json;

namespace K12Hub.GraphQL.Security;

/// <summary>Reads trusted documents from files and believes none of their names.</summary>
internal static class TrustedDocumentFiles
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static (Dictionary<string, ReadOnlyMemory<byte>> Documents, List<string> Faults) Read(string path)
    {
        var documents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var faults = new List<string>();
        try
        {
            foreach (var file in Files(path))
            {
                if (file.EndsWith(".json", StringComparison.Ordinal)) ReadManifest(file, documents, faults);
                else ReadDocument(file, documents, faults);
            }
        }
        catch (Exception thrown) when (thrown is IOException or UnauthorizedAccessException)
        {
            faults.Add(thrown.Message);
        }

        return (documents, faults);
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path)) return [path];
        return Directory.EnumerateFiles(path)
            .Where(file => Path.GetExtension(file) is ".graphql" or ".json")
            .Order(StringComparer.Ordinal);
    }

    private static void ReadDocument(
        string file, Dictionary<string, ReadOnlyMemory<byte>> documents, List<string> faults) =>
        Add(Path.GetFileNameWithoutExtension(file), File.ReadAllBytes(file), Path.GetFileName(file), documents, faults);

    private static void ReadManifest(
        string file, Dictionary<string, ReadOnlyMemory<byte>> documents, List<string> faults)
    {
        var name = Path.GetFileName(file);
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllBytes(file), Strict);
            foreach (var entry in manifest.RootElement.EnumerateObject())
            {
                var text = Encoding.UTF8.GetBytes(entry.Value.GetString() ?? "");
                Add(entry.Name, text, $"{name}: {entry.Name}", documents, faults);
            }
        }
        catch (Exception thrown) when (thrown is JsonException or InvalidOperationException)
        {
            faults.Add($"{name} is not a JSON object from SHA-256 to document.");
        }
    }

    private static void Add(
        string id,
        byte[] text,
        string where,
        Dictionary<string, ReadOnlyMemory<byte>> documents,
        List<string> faults)
    {
        var actual = DocumentId.Of(text);
        if (DocumentId.Normalize(id).SequenceEqual(actual)) documents[actual] = text;
        else faults.Add($"{where} is not named by the SHA-256 of its content, which is {actual}; collect it again.");
    }
}
