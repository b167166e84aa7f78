using System.Net.Http.Headers;
using System.Text;

namespace K12Hub.GraphQL.Http.Tests;

/// <summary>A multipart body, part by part in the order a test wants.</summary>
internal sealed class Form
{
    public const string ContentType = "multipart/form-data; boundary=------k12hub";

    private readonly List<byte> body = [];

    public static Form Operations(string operations) => new Form().Part("operations", operations);

    public Form Part(string name, string text) => Add($"name=\"{name}\"", null, Encoding.UTF8.GetBytes(text));

    public Form File(string name, string fileName, string text) =>
        Add($"name=\"{name}\"; filename=\"{fileName}\"", "text/plain", Encoding.UTF8.GetBytes(text));

    public byte[] Closed() => [.. body, .. "--------k12hub--\r\n"u8];

    public byte[] Open() => [.. body];

    public HttpRequestMessage To(Uri endpoint, bool chunked = false, bool preflight = true)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(Closed()) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        request.Headers.Add("Accept", "application/graphql-response+json");
        request.Headers.TransferEncodingChunked = chunked;
        if (preflight) request.Headers.Add("GraphQL-Preflight", "1");
        return request;
    }

    private Form Add(string disposition, string? type, byte[] content)
    {
        body.AddRange(Encoding.UTF8.GetBytes($"--------k12hub\r\nContent-Disposition: form-data; {disposition}\r\n"));
        if (type is not null) body.AddRange(Encoding.UTF8.GetBytes($"Content-Type: {type}\r\n"));
        body.AddRange("\r\n"u8);
        body.AddRange(content);
        body.AddRange("\r\n"u8);
        return this;
    }
}
