using System.Globalization;
using System.Net;
using System.Net.Sockets;
using K12Hub.Hosting;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Rest.Access;

/// <summary>Asks a source for pages, one request after the other or several walks at once, and says what came of each.
/// It decides nothing: that is the walk's.</summary>
internal sealed class RestClient(
    HttpClient http, Authorizer authorizer, RestSourceSettings settings, SourceProfile profile, TimeProvider time)
    : IDisposable
{
    private const int MostRedirects = 3;

    private static readonly TimeSpan clockTolerance = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim pace = new(1);
    private DateTimeOffset lastStart;
    private int requests, repeated;
    private long bytes;

    /// <summary>Requests for pages so far.</summary>
    public int Requests => requests;

    /// <summary>Of these, the ones that brought no page.</summary>
    public int Fruitless => repeated;

    /// <summary>Bytes of all bodies so far, unpacked.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>The source's clock when it answered first; null before.</summary>
    public DateTimeOffset? ServerTime { get; private set; }

    /// <summary>Asks for a page.</summary>
    public async ValueTask<PageAnswer> AskAsync(PageQuery query, WirePage page, CancellationToken ct)
    {
        var url = query.Url(profile.Base);
        var (renewed, redirects) = (false, 0);
        while (true)
        {
            if (Interlocked.Increment(ref requests) > settings.MaxRequests) return new(PageKind.Spent);
            await PaceAsync(ct);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(settings.PageSeconds));
            var (answer, header, next) = await SendAsync(url, page, ct, limit.Token);
            if (answer.Kind is not PageKind.Rows) Interlocked.Increment(ref repeated);
            if (answer.Kind is PageKind.Unauthorized && authorizer.CanRenew && !renewed && header is not null)
            {
                renewed = true;
                await authorizer.ForgetAsync(header, ct);
            }
            else if (next is not null && redirects++ < MostRedirects)
            {
                url = next;
            }
            else
            {
                return answer;
            }
        }
    }

    public void Dispose()
    {
        pace.Dispose();
        authorizer.Dispose();
        http.Dispose();
    }

    private async ValueTask<(PageAnswer, string? Header, string? Next)> SendAsync(
        string url, WirePage page, CancellationToken stop, CancellationToken ct)
    {
        string? header = null;
        try
        {
            header = await authorizer.HeaderAsync(url, ct);
            using var request = new HttpRequestMessage(HttpMethod.Get, RestAddress.Of(url));
            request.Headers.TryAddWithoutValidation("Authorization", header);
            request.Headers.TryAddWithoutValidation("Accept", "application/json");
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            ServerTime ??= answer.Headers.Date;
            if (answer.StatusCode is HttpStatusCode.OK) return (await ReadAsync(answer, page, ct), header, null);

            return (Refused(answer), header, Next(url, answer));
        }
        catch (NoTokenException e)
        {
            return (new(e.CanWait ? PageKind.Wait : PageKind.Unauthorized, e.Message), null, null);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (new(PageKind.TooHeavy, "took too long"), header, null);
        }
        catch (TooLongException)
        {
            return (new(PageKind.TooHeavy, "is longer than allowed"), header, null);
        }
        catch (BrokenPageException e)
        {
            return (new(PageKind.Broken, e.Message), header, null);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or InvalidDataException)
        {
            return (Failed(e), header, null);
        }
    }

    private async ValueTask<PageAnswer> ReadAsync(HttpResponseMessage answer, WirePage page, CancellationToken ct)
    {
        var type = answer.Content.Headers.ContentType?.MediaType;
        if (type is not null && !type.Contains("json", StringComparison.OrdinalIgnoreCase))
            return new(PageKind.Broken, "is no JSON");

        await using var body = new LimitedStream(
            await answer.Content.ReadAsStreamAsync(ct), settings.MaxPageBytes, got => Interlocked.Add(ref bytes, got));

        return new(PageKind.Rows)
        {
            Rows = await page.ReadAsync(body, ct),
            Total = int.TryParse(First(answer, "X-Total-Count"), CultureInfo.InvariantCulture, out var total)
                && total >= 0 ? total : null,
            Revision = First(answer, "x-perm-rev"),
        };
    }

    private PageAnswer Refused(HttpResponseMessage answer) => (int)answer.StatusCode switch
    {
        401 => new(PageKind.Unauthorized, "is 401: the source does not know us." + Skew(answer)),
        403 => new(PageKind.NotGranted, "is 403"),
        404 => new(PageKind.NotThere, "is 404"),
        429 or 503 => new(PageKind.Wait, $"is {(int)answer.StatusCode}") { Pause = Pause(answer) },
        408 or 502 or 504 => new(PageKind.TooHeavy, $"is {(int)answer.StatusCode}"),
        >= 500 => new(PageKind.ServerError, $"is {(int)answer.StatusCode}"),
        >= 300 and < 400 => new(PageKind.Forbidden, "sends us to another place, which is not followed"),
        var status => new(PageKind.BadRequest, $"is {status}"),
    };

    /// <summary>Where a redirect leads, if it stays with the source.</summary>
    private static string? Next(string url, HttpResponseMessage answer)
    {
        if ((int)answer.StatusCode is not (301 or 302 or 307 or 308)) return null;
        if (answer.Headers.Location is not { } to) return null;
        var (from, target) = (RestAddress.Of(url), new Uri(RestAddress.Of(url), to));

        return from.GetLeftPart(UriPartial.Authority) == target.GetLeftPart(UriPartial.Authority)
            ? target.AbsoluteUri
            : null;
    }

    private TimeSpan? Pause(HttpResponseMessage answer)
    {
        var after = answer.Headers.RetryAfter;
        if (after?.Delta is { } delta) return delta;
        if (after?.Date is not { } date) return null;

        // Measured on the source's own clock, where it tells it.
        return date - (answer.Headers.Date ?? time.GetUtcNow());
    }

    private string Skew(HttpResponseMessage answer)
    {
        if (answer.Headers.Date is not { } theirs) return "";
        var skew = (theirs - time.GetUtcNow()).Duration();

        return skew < clockTolerance ? ""
            : FormattableString.Invariant($" Its clock and ours differ by {skew.TotalMinutes:0} minutes.");
    }

    private static PageAnswer Failed(Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is ForbiddenAddressException)
                return new(PageKind.Forbidden, "comes from an address that is not allowed");
        }

        // The message of the exception may hold the address with its query; what is said is our own.
        return new(PageKind.Broken, e is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError }
            ? "does not come: the source cannot be reached"
            : "was cut off");
    }

    private async ValueTask PaceAsync(CancellationToken ct)
    {
        if (profile.SpacingMs == 0) return;
        await pace.WaitAsync(ct);
        try
        {
            var wait = lastStart + TimeSpan.FromMilliseconds(profile.SpacingMs) - time.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);
            lastStart = time.GetUtcNow();
        }
        finally
        {
            pace.Release();
        }
    }

    private static string? First(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
