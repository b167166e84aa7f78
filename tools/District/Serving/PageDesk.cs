using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace K12Hub.District.Serving;

/// <summary>Answers requests for pages.</summary>
internal sealed class PageDesk(RestServerOptions options, Credentials credentials)
{
    private readonly Faults faults = options.Faults;
    private readonly ConcurrentQueue<ServedRequest> requests = new();
    private readonly ConcurrentDictionary<string, int> walks = new();
    private readonly ConcurrentDictionary<string, Lazy<ServedRoster>> rosters = new();
    private long counted;

    public IReadOnlyCollection<ServedRequest> Requests => requests;

    public async Task AnswerAsync(HttpContext context, string version)
    {
        var collection = (string)context.Request.RouteValues["collection"]!;
        var count = Interlocked.Increment(ref counted);
        var answer = Answer(context, version, collection, count);
        context.Response.StatusCode = answer.Status;
        requests.Enqueue(new(context.Features.Get<IHttpRequestFeature>()!.RawTarget, answer.Status));
        foreach (var (name, value) in answer.Headers) context.Response.Headers[name] = value;
        if (answer.Body is null) return;

        if (answer.Status == StatusCodes.Status200OK) await SendAsync(context, answer.Body, count);
        else await SendAsync(context, answer.Body);
    }

    private PageAnswer Answer(HttpContext context, string version, string collection, long count)
    {
        if (credentials.Refusal(context.Request, collection) is { } refused) return PageAnswer.Refused(refused);
        if (faults.Names("forbidden", collection)) return PageAnswer.Refused(StatusCodes.Status403Forbidden);
        if (faults.Names("missing", collection)) return PageAnswer.Refused(StatusCodes.Status404NotFound);
        if (Outage(count) is { } outage) return outage;
        if (PageRequest.Read(context.Request, collection, faults) is not ({ } request, _) read)
            return PageAnswer.Refused(PageRequest.Read(context.Request, collection, faults).Status);

        return Roster(version).Find(collection) is { } rows ? Page(request, rows, count, context.Request)
            : PageAnswer.Refused(StatusCodes.Status404NotFound);
    }

    private PageAnswer? Outage(long count)
    {
        if (faults.Has("redirect"))
        {
            return PageAnswer.Refused(StatusCodes.Status302Found)
                with { Headers = [("Location", "https://elsewhere.invalid/users")] };
        }

        if (faults.Strikes("every503", count)) return PageAnswer.Refused(StatusCodes.Status503ServiceUnavailable);
        if (faults.Strikes("every500", count)) return PageAnswer.Refused(StatusCodes.Status500InternalServerError);
        if (faults.Strikes("every400", count)) return PageAnswer.Refused(StatusCodes.Status400BadRequest);
        if (!faults.Strikes("429", count) && !faults.Strikes("429date", count) && !faults.Strikes("429bare", count))
            return null;

        var calm = PageAnswer.Refused(StatusCodes.Status429TooManyRequests)
            with { Body = "Too many requests, please try again later."u8.ToArray() };
        return faults.Has("429bare") ? calm
            : calm with { Headers = [("Retry-After", faults.Has("429") ? "1" : InASecond())] };

        static string InASecond() => DateTimeOffset.UtcNow.AddSeconds(1).ToString("R", CultureInfo.InvariantCulture);
    }

    private ServedRoster Roster(string version) => rosters.GetOrAdd(version, _ => new(() => options.Pages is { } pages
        ? ServedRoster.OfPages(pages)
        : ServedRoster.Of(options.Plan, version, faults))).Value;

    private PageAnswer Page(PageRequest request, ServedCollection collection, long count, HttpRequest http)
    {
        if (request.Limit > faults.Number("heavy")) return PageAnswer.Refused(StatusCodes.Status504GatewayTimeout);
        var rows = Rows(request, collection, count);
        if (rows is null) return PageAnswer.Refused(StatusCodes.Status400BadRequest);

        var walk = request.Offset == 0
            ? walks.AddOrUpdate(request.Collection, 1, (_, before) => before + 1)
            : walks.GetValueOrDefault(request.Collection, 1);
        var limit = Math.Min(request.Limit, faults.Number("cap") ?? int.MaxValue);
        // As if a row came, or went, at the front before each page.
        var moved = request.Offset == 0 ? 0 : Math.Max(1, request.Offset / limit);
        var start = request.Offset + (walk <= faults.Number("skip") ? moved : 0)
            - (walk <= faults.Number("overlap") ? moved : 0);
        var page = rows.Skip(start).Take(limit).ToList();
        if (request.Collection == "enrollments" && faults.Number("badRow") is { } bad
            && start < bad && bad <= start + page.Count)
        {
            return PageAnswer.Refused(StatusCodes.Status500InternalServerError);
        }

        var total = rows.Count + (faults.Number("total") ?? 0)
            + (walk <= faults.Number("movingTotal") ? (int)count : 0);
        return new(StatusCodes.Status200OK, Body(request, page, count), Headers(request, http, total, count, walk));
    }

    private IReadOnlyList<ServedRow>? Rows(PageRequest request, ServedCollection collection, long count)
    {
        var rows = request.Sorted ? collection.Sorted : collection.Rows;
        if (faults.Has("shuffle") && !request.Sorted)
            rows = [.. rows.OrderBy(row => HashCode.Combine(row.Id, count))];
        if (faults.Has("purge")) rows = [.. rows.Where(row => row.Active)];
        return request.Filter is null ? rows : ServedFilter.Apply(request.Filter, rows, faults);
    }

    private List<(string, string)> Headers(PageRequest request, HttpRequest http, int total, long count, int walk)
    {
        var headers = new List<(string, string)> { ("Content-Type", "application/json") };
        if (!faults.Has("dropTotal")) headers.Add(("X-Total-Count", total.ToString(CultureInfo.InvariantCulture)));
        if (faults.Has("revision")) headers.Add(("x-perm-rev", walk <= faults.Number("revision") ? $"{count}" : "1"));
        if (faults.Has("nextLoop"))
            headers.Add(("Link", $"<http://loop.invalid{http.Path}{http.QueryString}>; rel=\"next\""));
        else if (!faults.Has("dropLink") && request.Offset + request.Limit < total)
        {
            headers.Add(("Link", $"<{http.Scheme}://{http.Host}{http.Path}?limit={request.Limit}"
                + $"&offset={request.Offset + request.Limit}>; rel=\"next\""));
        }

        return headers;
    }

    private byte[] Body(PageRequest request, List<ServedRow> page, long count)
    {
        if (faults.Strikes("html", count))
            return "<!DOCTYPE html><html><body>Please sign in.</body></html>"u8.ToArray();
        if (faults.Strikes("errorBody", count))
            return """{"imsx_codeMajor":"failure","imsx_severity":"error","imsx_description":"busy"}"""u8.ToArray();

        using var body = new MemoryStream(page.Sum(row => row.Json.Length + 1) + 64);
        var bare = faults.Strikes("bareArray", count);
        body.Write(Encoding.UTF8.GetBytes(bare ? "[" : $"{{\"{request.Collection}\":["));
        for (var i = 0; i < page.Count; i++)
        {
            if (i > 0) body.WriteByte((byte)',');
            body.Write(request.Fields is null ? page[i].Json : Only(request.Fields, page[i].Json));
        }

        body.Write(bare ? "]"u8 : "]}"u8);
        return body.ToArray();
    }

    private static byte[] Only(string[] fields, byte[] row)
    {
        using var json = JsonDocument.Parse(row);
        return JsonSerializer.SerializeToUtf8Bytes(json.RootElement.EnumerateObject()
            .Where(property => fields.Contains(property.Name)).ToDictionary(p => p.Name, p => p.Value));
    }

    private async Task SendAsync(HttpContext context, byte[] body, long count)
    {
        if (faults.Strikes("cut", count)) body = body[..(body.Length / 2)];
        if (!faults.Strikes("truncate", count) && !faults.Strikes("reset", count))
        {
            await SendAsync(context, body);
            return;
        }

        if (faults.Strikes("truncate", count)) context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static Task SendAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}

/// <summary>An answer before it is sent.</summary>
internal sealed record PageAnswer(int Status, byte[]? Body, IReadOnlyList<(string Name, string Value)> Headers)
{
    /// <summary>An answer with a status and nothing more to say.</summary>
    public static PageAnswer Refused(int status) => new(status, null, []);
}
