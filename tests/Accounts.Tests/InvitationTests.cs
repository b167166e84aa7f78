using System.Net;

namespace K12Hub.Accounts.Tests;

/// <summary>A link to choose a password with: once, for a time, and only as it was given.</summary>
public sealed class InvitationTests : IAsyncLifetime
{
    private AccountsHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await AccountsHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Whoever_is_invited_chooses_a_password_once_and_sets_a_second_factor_up()
    {
        var (_, path) = await InviteAsync("reyes");
        using var browser = new Browser(hub.Address);
        await browser.GetAsync(path);
        await browser.PostAsync(path, ("password", "short"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, browser.Status);

        await browser.PostAsync(path, ("password", AccountsHub.GoodPassword));

        Assert.Equal(EnrollPages.Path, browser.Location);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
        using var later = new Browser(hub.Address);
        Assert.Equal(HttpStatusCode.Redirect, (await later.PasswordAsync("reyes", AccountsHub.GoodPassword)).Status);
    }

    [Fact]
    public async Task A_link_that_is_not_to_the_letter_the_one_that_was_given_is_no_page()
    {
        var (_, path) = await InviteAsync("reyes");
        var token = path["/invitation/".Length..];
        string[] wrong =
        [
            "", "%20", "%00", " ", "null", "0", "[]", token.ToUpperInvariant(), token.ToLowerInvariant(), token + "=",
            token + "%20", token[..^1], Invitations.NewToken(Guid.Empty),
            token[..22] + new string('A', token.Length - 22),
        ];
        using var browser = new Browser(hub.Address);

        foreach (var one in wrong)
        {
            await browser.GetAsync("/invitation/" + one);
            Assert.True(browser.Status is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, one);
        }

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task An_invitation_holds_for_72_hours()
    {
        var (_, path) = await InviteAsync("reyes");
        using var browser = new Browser(hub.Address);

        hub.Time.Advance(TimeSpan.FromHours(72) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).Status);
        hub.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task A_new_password_is_asked_for_by_an_administrator_holds_an_hour_and_ends_every_session()
    {
        var (id, key) = await hub.AddAsync("reyes");
        using var browser = await new Browser(hub.Address).SignInAsync(hub, "reyes", key);
        var first = await ResetAsync(id);
        var link = await ResetAsync(id);
        using var owner = new Browser(hub.Address);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(first)).Status);

        await owner.GetAsync(link);
        await owner.PostAsync(link, ("password", "another four grey wheels"));

        Assert.Equal(SignInPages.FactorPath, owner.Location); // The second factor is asked for as ever.
        Assert.False(await browser.MayAskAsync());
        await owner.PasswordAsync("reyes", AccountsHub.GoodPassword);
        Assert.Equal(HttpStatusCode.Unauthorized, owner.Status);
        var late = await ResetAsync(id);
        hub.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.GetAsync(late)).Status);
    }

    [Fact]
    public async Task An_invitation_ends_with_the_account_that_it_was_for()
    {
        var (id, path) = await InviteAsync("reyes");
        using var browser = new Browser(hub.Address);

        await hub.DoAsync<AccountDesk, bool>(desk => desk.DisableAsync(id, "cli:test", AccountsHub.Ct));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
        await hub.DoAsync<AccountDesk, bool>(desk => desk.EnableAsync(id, "cli:test", AccountsHub.Ct));

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("a@lincoln.example,b@lincoln.example")]
    [InlineData("a@lincoln.example;b@lincoln.example")]
    [InlineData("a@lincoln.example b@lincoln.example")]
    [InlineData("a@lincoln.example\nb@lincoln.example")]
    [InlineData("[\"a@lincoln.example\"]")]
    [InlineData("")]
    public async Task Several_addresses_in_one_are_an_error(string name) =>
        await Assert.ThrowsAsync<ArgumentException>(() => InviteAsync(name));

    [Fact]
    public async Task A_field_that_comes_twice_is_refused()
    {
        await hub.AddAsync("reyes");
        using var browser = new Browser(hub.Address);
        await browser.GetAsync(SignInPages.Path);

        await browser.PostAsync(
            SignInPages.Path, ("name", "reyes"), ("name", "sam"), ("password", AccountsHub.GoodPassword));

        Assert.Equal(HttpStatusCode.Forbidden, browser.Status);
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        await InviteAsync("reyes@lincoln.example");

        Assert.Null(await hub.DoAsync<AccountDesk, (Guid, string)?>(
            desk => desk.InviteAsync("Reyes@Lincoln.example", "Another", "cli:test")));
    }

    [Fact]
    public async Task Factors_that_are_reset_are_set_up_anew_and_end_every_session()
    {
        var (id, key) = await hub.AddAsync("reyes");
        using var browser = await new Browser(hub.Address).SignInAsync(hub, "reyes", key);

        await hub.DoAsync<AccountDesk, bool>(desk => desk.ResetFactorsAsync(id, "cli:test", AccountsHub.Ct));

        Assert.False(await browser.MayAskAsync());
        Assert.Equal(EnrollPages.Path, (await browser.PasswordAsync("reyes", AccountsHub.GoodPassword)).Location);
    }

    private async Task<(Guid Id, string Path)> InviteAsync(string name)
    {
        var (id, link) = (await hub.DoAsync<AccountDesk, (Guid, string)?>(
            desk => desk.InviteAsync(name, "Ms. Reyes", "cli:test"))).GetValueOrDefault();
        Assert.StartsWith(AccountsHub.PublicAddress, link, StringComparison.Ordinal);
        return (id, link[AccountsHub.PublicAddress.Length..]);
    }

    private async Task<string> ResetAsync(Guid id) => (await hub.DoAsync<AccountDesk, string?>(
        desk => desk.ResetPasswordAsync(id, "cli:test", AccountsHub.Ct)))![AccountsHub.PublicAddress.Length..];
}
