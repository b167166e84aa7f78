using System.Collections.Frozen;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace K12Hub.GraphQL.Http.Explorer;

/// <summary>The explorer's files, as they are in this assembly; the page once in each language.</summary>
internal sealed class ExplorerFiles
{
    private const string Folder = "Explorer/";

    /// <summary>Languages of the page, the first for whoever wants none of them.</summary>
    public static readonly string[] Languages = ["en", "es"];

    private readonly FrozenDictionary<string, byte[]> pages;

    /// <summary>Reads the files.</summary>
    /// <param name="address">Where the page is.</param>
    /// <param name="endpoint">Where it sends queries.</param>
    public ExplorerFiles(string address, string endpoint)
    {
        pages = new Dictionary<string, byte[]>
        {
            ["en"] = Page("en", "english.json", address, endpoint),
            ["es"] = Page("es", "spanish.json", address, endpoint),
        }.ToFrozenDictionary();
        Assets = new Dictionary<string, (string, byte[])>
        {
            ["explorer.css"] = ("text/css; charset=utf-8", Read("explorer.css")),
            ["explorer.js"] = ("text/javascript; charset=utf-8", Read("explorer.js")),
            ["docs.js"] = ("text/javascript; charset=utf-8", Read("docs.js")),
        }.ToFrozenDictionary();
    }

    /// <summary>Type and content of what the page loads, by name.</summary>
    public FrozenDictionary<string, (string Type, byte[] Content)> Assets { get; }

    /// <summary>The page in a language.</summary>
    public byte[] PageIn(string language) => pages[language];

    private static byte[] Page(string language, string textsFile, string address, string endpoint)
    {
        var texts = JsonElement.Parse(Read(textsFile));
        var page = new StringBuilder(Encoding.UTF8.GetString(Read("explorer.html")));
        Put("lang", language);
        Put("base", address);
        Put("endpoint", endpoint);
        Put("texts", texts.GetRawText());
        foreach (var text in texts.EnumerateObject())
        {
            if (text.Value.ValueKind is JsonValueKind.String) Put(text.Name, text.Value.GetString()!);
        }

        return Encoding.UTF8.GetBytes(page.ToString());

        void Put(string name, string value) => page.Replace($"{{{{{name}}}}}", WebUtility.HtmlEncode(value));
    }

    private static byte[] Read(string file)
    {
        using var content = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + file)
            ?? throw new InvalidOperationException($"The assembly lacks {Folder}{file}.");
        var bytes = new byte[content.Length];
        content.ReadExactly(bytes);
        return bytes;
    }
}
