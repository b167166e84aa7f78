using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace K12Hub.Accounts.Tests;

/// <summary>A browser as far as these pages need one: cookies, forms, and where a request comes from.</summary>
internal sealed partial class Browser(Uri address) : IDisposable
{
    private readonly HttpClient client = new(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = address,
    };

    public Dictionary<string, string> Cookies { get; } = [];

    public string? Session
    {
        get => Cookies.GetValueOrDefault("__Host-k12hub");
        set => Cookies["__Host-k12hub"] = value ?? "";
    }

    /// <summary>What the last answer said.</summary>
    public string Page { get; private set; } = "";

    public HttpStatusCode Status { get; private set; }

    public string? Location { get; private set; }

    public HttpResponseMessage? Answer { get; private set; }

    public Task<Browser> GetAsync(string path, params (string, string)[] headers) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), headers);

    /// <summary>Fills in a form of the page at hand and sends it from there.</summary>
    public Task<Browser> PostAsync(string path, params (string Name, string Value)[] fields) =>
        PostAsync(path, [("Sec-Fetch-Site", "same-origin")], [("formToken", FormToken), .. fields]);

    public Task<Browser> PostAsync(string path, (string, string)[] headers, (string Name, string Value)[] fields) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
            },
            headers);

    public Task<Browser> PostJsonAsync(string path, string json, params (string, string)[] headers) => SendAsync(
        new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        },
        headers);

    /// <summary>Whether the API knows who asks.</summary>
    public async Task<bool> MayAskAsync() =>
        (await PostJsonAsync("/graphql", "{}", ("Sec-Fetch-Site", "same-origin"))).Status is HttpStatusCode.OK;

    /// <summary>Signs in all the way.</summary>
    public async Task<Browser> SignInAsync(AccountsHub hub, string name, string key, string? password = null)
    {
        await PasswordAsync(name, password ?? AccountsHub.GoodPassword);
        Assert.Equal((HttpStatusCode.Redirect, SignInPages.FactorPath), (Status, Location));
        await GetAsync(SignInPages.FactorPath);
        await PostAsync(SignInPages.FactorPath, ("code", hub.CodeOf(key)));
        Assert.Equal((HttpStatusCode.Redirect, SessionPages.Path), (Status, Location));
        return this;
    }

    /// <summary>The first step.</summary>
    public async Task<Browser> PasswordAsync(string name, string password)
    {
        await GetAsync(SignInPages.Path);
        return await PostAsync(SignInPages.Path, ("name", name), ("password", password));
    }

    /// <summary>The token of the last page that had one: a script keeps it.</summary>
    public string LastFormToken { get; private set; } = "";

    public string FormToken => Token().Match(Page) is { Success: true } found ? found.Groups[1].Value : "";

    public void Dispose()
    {
        Answer?.Dispose();
        client.Dispose();
    }

    private async Task<Browser> SendAsync(HttpRequestMessage request, (string Name, string Value)[] headers)
    {
        using var sent = request;
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (Cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        Answer?.Dispose();
        Answer = await client.SendAsync(request, AccountsHub.Ct);
        Keep(Answer);
        Page = await Answer.Content.ReadAsStringAsync(AccountsHub.Ct);
        if (FormToken.Length > 0) LastFormToken = FormToken;
        (Status, Location) = (Answer.StatusCode, Answer.Headers.Location?.ToString());
        return this;
    }

    private void Keep(HttpResponseMessage answer)
    {
        if (!answer.Headers.TryGetValues("Set-Cookie", out var set)) return;

        foreach (var cookie in set)
        {
            Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
            var (name, value) = (cookie[..cookie.IndexOf('=')], cookie[(cookie.IndexOf('=') + 1)..cookie.IndexOf(';')]);
            if (value.Length == 0) Cookies.Remove(name);
            else Cookies[name] = value;
        }
    }

    [GeneratedRegex("name=\"formToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
