using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace K12Hub.OneRoster.Rest.Access;

/// <summary>No token was given.</summary>
/// <param name="why">For people, without any secret.</param>
/// <param name="canWait">Whether asking again may help.</param>
internal sealed class NoTokenException(string why, bool canWait) : IOException(why)
{
    public bool CanWait { get; } = canWait;
}

/// <summary>Says who asks, on every request. Tokens are fetched when needed, kept until a minute before they end, and
/// fetched anew when the source refuses one.</summary>
internal sealed class Authorizer(
    HttpClient http, RestSourceSettings settings, SourceProfile profile, Secrets secrets, TimeProvider time)
    : IDisposable
{
    private const int MostTokenBytes = 65_536;

    // For sources that do not say how long theirs are good.
    private static readonly TimeSpan usualLife = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan early = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim gate = new(1);
    private (string Text, DateTimeOffset Ends)? token;

    /// <summary>Whether another token may be had when one is refused.</summary>
    public bool CanRenew => profile.Auth is AuthStyle.Basic or AuthStyle.Form or AuthStyle.Query;

    /// <summary>The value of the header.</summary>
    /// <param name="url">The address asked, as it goes over the wire.</param>
    /// <param name="ct">Stops asking for a token.</param>
    public async ValueTask<string> HeaderAsync(string url, CancellationToken ct) => profile.Auth switch
    {
        AuthStyle.Bearer => "Bearer " + secrets.Token,
        AuthStyle.OAuth1 => Signed(url, OAuth1.Sha256),
        AuthStyle.OAuth1Sha1 => Signed(url, OAuth1.Sha1),
        _ => "Bearer " + await TokenAsync(ct),
    };

    /// <summary>Forgets the token of a header that was refused, unless another walk has fetched a new one.</summary>
    public async ValueTask ForgetAsync(string header, CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        if (token is { } known && header == "Bearer " + known.Text) token = null;
        gate.Release();
    }

    public void Dispose() => gate.Dispose();

    private string Signed(string url, string method) => OAuth1.Header(
        url, secrets.Id, secrets.Secret, method, RandomNumberGenerator.GetHexString(32, lowercase: true),
        time.GetUtcNow());

    private async ValueTask<string> TokenAsync(CancellationToken ct)
    {
        await gate.WaitAsync(ct);
        try
        {
            if (token is { } known && known.Ends - early > time.GetUtcNow()) return known.Text;
            token = await FetchAsync(ct);

            return token.Value.Text;
        }
        finally
        {
            gate.Release();
        }
    }

    private async ValueTask<(string, DateTimeOffset)> FetchAsync(CancellationToken ct)
    {
        using var request = Request();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(TimeSpan.FromSeconds(settings.PageSeconds));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
            {
                throw new NoTokenException(
                    $"The token service answered {(int)answer.StatusCode}. Check id, secret and address of the token.",
                    canWait: (int)answer.StatusCode is 429 or >= 500);
            }

            await using var body = new LimitedStream(
                await answer.Content.ReadAsStreamAsync(limit.Token), MostTokenBytes, _ => { });
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: limit.Token);

            return Read(json.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new NoTokenException("The token service answered with something that is no token.", canWait: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new NoTokenException("The token service does not answer.", canWait: true);
        }
    }

    private HttpRequestMessage Request()
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (profile.Scopes.Count > 0) form["scope"] = string.Join(' ', profile.Scopes);
        var url = profile.TokenUrl!;
        if (profile.Auth is AuthStyle.Form)
        {
            form["client_id"] = secrets.Id;
            form["client_secret"] = secrets.Secret;
        }
        else if (profile.Auth is AuthStyle.Query)
        {
            url += $"{(url.Contains('?') ? '&' : '?')}client_id={OAuth1.Encode(secrets.Id)}"
                + $"&client_secret={OAuth1.Encode(secrets.Secret)}";
        }

        var request = new HttpRequestMessage(HttpMethod.Post, RestAddress.Of(url))
        {
            Content = new FormUrlEncodedContent(form),
        };
        if (profile.Auth is AuthStyle.Basic)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{secrets.Id}:{secrets.Secret}")));
        }

        return request;
    }

    private (string, DateTimeOffset) Read(JsonElement answer)
    {
        var text = answer.GetProperty("access_token").GetString();
        if (string.IsNullOrEmpty(text) || text.Any(c => c is < '!' or > '~'))
            throw new InvalidOperationException("The token is empty or cannot stand in a header.");

        var life = answer.TryGetProperty("expires_in", out var seconds)
            && double.TryParse(seconds.ToString(), out var count) && count is > 0 and < 1e8
                ? TimeSpan.FromSeconds(count)
                : usualLife;

        return (text, time.GetUtcNow() + life);
    }
}
