using System.Net;
using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class UploadTests : IDisposable
{
    private const StringComparison Ordinal = StringComparison.Ordinal;

    private const string One = """{"query":"mutation($f: Upload!) { store(file: $f) }","variables":{"f":null}}""";

    private const string Many =
        """{"query":"mutation($f: [Upload!]!) { store(files: $f) }","variables":{"f":[null,null]}}""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("k12hub-uploads-");
    private Func<Task> whileStoring = () => Task.CompletedTask;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_reaches_its_resolver()
    {
        await using var server = await Start();
        var form = Form.Operations(One).Part("map", """{"a":["variables.f"]}""").File("a", "bus.txt", "late");

        Assert.Equal(
            (HttpStatusCode.OK, """{"data":{"store":"bus.txt text/plain 4 late"}}"""), await Send(server, form));
    }

    [Fact]
    public async Task One_file_may_stand_at_several_places_and_several_files_in_a_list()
    {
        await using var server = await Start();
        var same = Form.Operations(Many)
            .Part("map", """{"a":["variables.f.0","variables.f.1"]}""").File("a", "a.txt", "x");
        var two = Form.Operations(Many)
            .Part("map", """{"a":["variables.f.1"],"b":["variables.f.0"]}""")
            .File("b", "b.txt", "y").File("a", "a.txt", "x");

        Assert.Contains("a.txt text/plain 1 x, a.txt text/plain 1 x", (await Send(server, same)).Body, Ordinal);
        Assert.Contains("b.txt text/plain 1 y, a.txt text/plain 1 x", (await Send(server, two)).Body, Ordinal);
    }

    [Theory]
    [InlineData("""..\\..\\web\\bus.txt""", "bus.txt")]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData(".htaccess\u200B", "htaccess")]
    [InlineData("photo\u202Egpj.exe", "photogpj.exe")]
    [InlineData("a\uFF0Fb.txt", "b.txt")]
    [InlineData("..", "file")]
    public async Task Names_are_made_harmless(string sent, string expected)
    {
        await using var server = await Start();
        var form = Form.Operations(One).Part("map", """{"a":["variables.f"]}""").File("a", sent, "x");

        Assert.Contains($"\"{expected} text/plain", (await Send(server, form)).Body, Ordinal);
    }

    [Theory]
    [InlineData("not json", "UPLOAD_MAP")]
    [InlineData("[]", "UPLOAD_MAP")]
    [InlineData("""{"a":"variables.f"}""", "UPLOAD_MAP")]
    [InlineData("""{"a":[]}""", "UPLOAD_MAP")]
    [InlineData("""{"a":[null]}""", "UPLOAD_MAP")]
    [InlineData("""{"a":["variables.f"],"a":["variables.f"]}""", "UPLOAD_MAP")]
    [InlineData("""{"a":["f"]}""", "UPLOAD_PATH")]
    [InlineData("""{"a":["query"]}""", "UPLOAD_PATH")]
    [InlineData("""{"a":["variables"]}""", "UPLOAD_PATH")]
    [InlineData("""{"a":["variables.g"]}""", "UPLOAD_PATH")]
    [InlineData("""{"a":["variables.f.0"]}""", "UPLOAD_PATH")]
    [InlineData("""{"a":["variables.f","variables.f"]}""", "UPLOAD_PATH")]
    [InlineData("""{"b":["variables.f"]}""", "UPLOAD_UNMAPPED")]
    [InlineData("{}", "UPLOAD_UNMAPPED")]
    public async Task A_map_that_leads_nowhere_is_400(string map, string code)
    {
        await using var server = await Start();

        var (status, text) = await Send(
            server, Form.Operations(One).Part("map", map).File("a", "bus.txt", "late"));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(code, text, Ordinal);
    }

    [Fact]
    public async Task Parts_in_another_order_missing_or_twice_are_400()
    {
        await using var server = await Start();
        const string Map = """{"a":["variables.f"]}""";
        var cases = new (Form Form, string Code)[]
        {
            (new Form().Part("map", Map).Part("operations", One).File("a", "a", "x"), "UPLOAD_ORDER"),
            (Form.Operations(One).File("a", "a", "x").Part("map", Map), "UPLOAD_ORDER"),
            (Form.Operations(One), "UPLOAD_ORDER"),
            (Form.Operations(One).Part("map", Map), "UPLOAD_MISSING"),
            (Form.Operations(One).Part("map", Map).File("a", "a", "x").File("a", "a", "x"), "UPLOAD_TWICE"),
            (Form.Operations("""[{"query":"{ hello }"}]""").Part("map", "{}"), "HTTP_BATCH_NOT_SUPPORTED"),
            (Form.Operations("{").Part("map", "{}"), "HTTP_NOT_JSON"),
            (Form.Operations("""{"variables":{"\ud800":null}}""").Part("map", Map), "HTTP_NOT_JSON"),
        };
        foreach (var (form, code) in cases)
        {
            var (status, text) = await Send(server, form);

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains(code, text, Ordinal);
        }
    }

    [Fact]
    public async Task Files_that_do_not_come_are_408()
    {
        await using var server = await Start(o => o.Upload.Timeout = TimeSpan.FromMilliseconds(50));
        await using var wire = await Wire.Connect(server.Endpoint);

        await wire.Send(
            "POST /graphql HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            + "GraphQL-Preflight: 1\r\nContent-Length: 300\r\n\r\n--b\r\n");

        var answer = await wire.ReadToEnd();
        Assert.StartsWith("HTTP/1.1 408", answer, Ordinal);
        Assert.Contains("HTTP_BODY_TOO_SLOW", answer, Ordinal);
    }

    [Fact]
    public async Task What_is_beyond_a_limit_is_413()
    {
        await using var server = await Start(options =>
        {
            options.Upload.MaxFiles = 2;
            options.Upload.MaxPaths = 2;
            options.Upload.MaxFileBytes = 1000;
            options.Upload.MaxRequestBytes = 3000;
        });
        var file = new string('x', 900);
        var cases = new (Form Form, string Code)[]
        {
            (Form.Operations(Many).Part("map", """{"a":["x"],"b":["x"],"c":["x"]}"""), "UPLOAD_TOO_MANY_FILES"),
            (Form.Operations(Many).Part("map", """{"a":["x","x","x"]}"""), "UPLOAD_TOO_MANY_PATHS"),
            (OneFile(new string('x', 1001)), "UPLOAD_FILE_TOO_LARGE"),
            (OneFile(file).File("b", "b", new string('x', 3000)), "UPLOAD_TOO_LARGE"),
        };
        foreach (var (form, code) in cases)
        {
            foreach (var isChunked in new[] { false, true })
            {
                var (status, text) = await Send(server, form, isChunked);

                Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
                if (!isChunked || code != "UPLOAD_TOO_LARGE") Assert.Contains(code, text, Ordinal);
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await Send(server, OneFile(file))).Status);
    }

    [Fact]
    public async Task Other_sites_cannot_send_files()
    {
        await using var server = await Start();
        using var request = OneFile("x").To(server.Endpoint, preflight: false);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_schema_without_files_takes_none()
    {
        await using var server = await TestServer.Start();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await Send(server, OneFile("x"))).Status);
    }

    [Theory]
    [InlineData("""{"query":"mutation { store(file: \"0\") }"}""", "by a variable only")]
    [InlineData("""{"query":"mutation($f: Upload = \"0\") { store(file: $f) }"}""", "by a variable only")]
    [InlineData("""{"query":"mutation($f: Upload!) { store(file: $f) }","variables":{"f":"0"}}""", "mapped to a part")]
    public async Task A_file_is_given_by_a_part_and_nothing_else(string body, string expected)
    {
        await using var server = await Start();

        var (status, text) = await TestServer.Read(server.Post(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, text, Ordinal);
    }

    [Fact]
    public async Task More_uploads_at_a_time_than_allowed_are_503()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        whileStoring = () =>
        {
            arrived.SetResult();
            return release.Task;
        };
        await using var server = await Start(options => options.Upload.MaxConcurrentUploads = 1);

        var first = Send(server, OneFile("x"));
        await arrived.Task;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Send(server, OneFile("x"))).Status);
        Assert.Empty(folder.EnumerateFiles()); // Even now: on disk, but without a name.
        Assert.Equal(1, OpenUploads());
        release.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).Status);
    }

    [Fact]
    public async Task A_caller_who_goes_away_midway_leaves_nothing_behind()
    {
        await using var server = await Start();
        var body = OneFile(new string('x', 100_000)).Open();
        await using (var wire = await Wire.Connect(server.Endpoint))
        {
            await wire.Send(
                "POST /graphql HTTP/1.1\r\nHost: a\r\nGraphQL-Preflight: 1\r\nContent-Length: 200000\r\n"
                + $"Content-Type: {Form.ContentType}\r\n\r\n{Encoding.Latin1.GetString(body)}");
            await Until(() => OpenUploads() == 1);
        }

        await Until(() => OpenUploads() == 0);
        Assert.Empty(folder.EnumerateFiles());
    }

    private static Form OneFile(string text) =>
        Form.Operations(One).Part("map", """{"a":["variables.f"]}""").File("a", "a.txt", text);

    private static async Task<(HttpStatusCode Status, string Body)> Send(
        TestServer server, Form form, bool chunked = false)
    {
        using var request = form.To(server.Endpoint, chunked);
        return await TestServer.Read(server.Client.SendAsync(request));
    }

    // Files without a name are still to be seen among those this process holds open.
    private int OpenUploads() => Directory.EnumerateFiles("/proc/self/fd")
        .Select(fd => new FileInfo(fd).LinkTarget)
        .Count(target => target?.StartsWith(folder.FullName, Ordinal) == true);

    private static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(5, TestContext.Current.CancellationToken);
    }

    private Task<TestServer> Start(Action<GraphQLHttpOptions>? configure = null) => TestServer.Start(
        options =>
        {
            options.Upload.Folder = folder.FullName;
            configure?.Invoke(options);
        },
        schema: schema => schema.ExtendObject("Mutation", new FieldDefinition("store", "String")
        {
            Arguments = [new("file", "Upload"), new("files", "[Upload!]")],
            Resolver = new AsyncResolver(async context => await Describe(context)),
        }));

    private async Task<string> Describe(ResolverContext context)
    {
        await whileStoring();
        var files = context.ArgumentList<IFile>("files") ?? [context.Argument<IFile>("file")!];
        return string.Join(", ", await Task.WhenAll(files.Select(Describe)));
    }

    private static async Task<string> Describe(IFile file)
    {
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, TestContext.Current.CancellationToken);
        var text = Encoding.UTF8.GetString(copy.ToArray());
        return $"{file.Name} {file.ContentType} {file.Length} {text}";
    }
}
