using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace K12Hub.Accounts.Tests;

/// <summary>The provider of the npm package oidc-provider, in a process of its own, and somebody who signs in
/// there.</summary>
internal sealed partial class NodeProvider : IDisposable
{
    public const string ClientId = "k12hub", Secret = "a secret that both know";

    private readonly Process process;

    private NodeProvider(Process process, string issuer) => (this.process, Issuer) = (process, issuer);

    public string Issuer { get; }

    /// <summary>Why it cannot run here; null when it can.</summary>
    public static string? Missing => Directory.Exists(Path.Combine(Folder(), "node_modules", "oidc-provider"))
        ? null
        : "Needs Node, and `npm ci` in tests/Accounts.Tests/node.";

    /// <summary>Starts it at the moment of the hub's clock.</summary>
    public static async Task<NodeProvider> StartAsync(DateTimeOffset now, string redirect)
    {
        var start = new ProcessStartInfo("node")
        {
            WorkingDirectory = Folder(), RedirectStandardInput = true, RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                "provider.mjs", now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), redirect,
                ClientId, Secret,
            },
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(AccountsHub.Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var issuer = await process.StandardOutput.ReadLineAsync(limit.Token);
        Assert.StartsWith("http://127.0.0.1:", issuer);
        return new(process, issuer!);
    }

    /// <summary>Somebody opens what the hub sent the browser to, signs in, and agrees.</summary>
    /// <returns>Where the provider sends the browser then.</returns>
    public async Task<string> SignInAsync(string authorize, string subject)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false });
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        var at = new Uri(authorize);
        using var first = new HttpRequestMessage(HttpMethod.Get, at);
        var (page, next) = await SendAsync(client, cookies, first);
        for (var step = 0; step < 12; step++)
        {
            if (next is not null && !next.StartsWith(Issuer, StringComparison.Ordinal) && next[0] != '/') return next;

            at = next is null ? new Uri(at, Action().Match(page).Groups["at"].Value) : new Uri(at, next);
            using var request = new HttpRequestMessage(next is null ? HttpMethod.Post : HttpMethod.Get, at);
            if (next is null) request.Content = Filled(page, subject);
            (page, next) = await SendAsync(client, cookies, request);
        }

        throw new InvalidOperationException($"The provider did not come to an end: {page}");
    }

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static FormUrlEncodedContent Filled(string page, string subject)
    {
        var prompt = Prompt().Match(page).Groups["is"].Value;
        Assert.NotEmpty(prompt);
        var fields = new Dictionary<string, string> { ["prompt"] = prompt };
        if (prompt == "login") (fields["login"], fields["password"]) = (subject, "any");
        return new(fields);
    }

    private static async Task<(string Page, string? Next)> SendAsync(
        HttpClient client, Dictionary<string, string> cookies, HttpRequestMessage request)
    {
        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(one => $"{one.Key}={one.Value}")));
        }

        using var answer = await client.SendAsync(request, AccountsHub.Ct);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var (name, value) = (cookie[..cookie.IndexOf('=')], cookie[(cookie.IndexOf('=') + 1)..cookie.IndexOf(';')]);
            if (value.Length == 0) cookies.Remove(name);
            else cookies[name] = value;
        }

        var page = await answer.Content.ReadAsStringAsync(AccountsHub.Ct);
        Assert.True(answer.StatusCode < HttpStatusCode.BadRequest, page);
        return (page, answer.Headers.Location?.OriginalString);
    }

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "node");

    [GeneratedRegex("<form[^>]* action=\"(?<at>[^\"]+)\"")]
    private static partial Regex Action();

    [GeneratedRegex("name=\"prompt\" value=\"(?<is>[a-z]+)\"")]
    private static partial Regex Prompt();
}
