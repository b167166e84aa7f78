using System.Net;
using K12Hub.EventStore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting.Tests.Policy;

/// <summary>Every route says who may use it.</summary>
public sealed class RoutePolicyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_route_that_does_not_say_who_may_use_it_stops_the_start()
    {
        var app = App();
        app.MapGet("/said", () => "").OpenToAll("It says nothing of anybody.");
        app.MapGet("/forgotten", () => "");
        app.MapGet("/mistyped", () => "").RequirePermission("reports.raed");

        var stopped = Assert.Throws<InvalidOperationException>(() => RoutePolicies.Check(app, Catalog()));

        Assert.Contains("/forgotten does not say", stopped.Message, StringComparison.Ordinal);
        Assert.Contains("/mistyped asks for reports.raed", stopped.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("/said", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_says_it_starts()
    {
        var app = App();
        var group = app.MapGroup("/open").OpenToAll("It says nothing of anybody.");
        group.MapGet("/one", () => "");
        app.MapGet("/report", () => "").RequirePermission("reports.read");

        RoutePolicies.Check(app, Catalog());
    }

    [Fact]
    public void Open_to_all_needs_a_reason() =>
        Assert.Throws<ArgumentException>(() => App().MapGet("/open", () => "").OpenToAll(" "));

    [Theory]
    [InlineData("/open", "", HttpStatusCode.OK, "")]
    [InlineData("/report", "", HttpStatusCode.Unauthorized, "AUTH_NOT_AUTHENTICATED")]
    [InlineData("/report", "clubs.read", HttpStatusCode.Forbidden, "You need the permission reports.read.")]
    [InlineData("/report", "reports.read", HttpStatusCode.OK, "")]
    [InlineData("/forgotten", "reports.read", HttpStatusCode.Forbidden, "AUTH_NOT_AUTHORIZED")]
    public async Task A_route_is_for_those_whom_it_is_for(
        string path, string permission, HttpStatusCode status, string said)
    {
        await using var app = App();
        app.Use((context, next) =>
        {
            context.RequestServices.GetRequiredService<ViewerScope>().Viewer = permission.Length == 0
                ? Viewer.Nobody
                : Viewer.Of("reyes", new DistrictId(1), [new(permission, Reach.District)]);
            return next(context);
        });
        app.UseRouting();
        app.UseRoutePolicies();
        app.MapGet("/open", () => "").OpenToAll("It says nothing of anybody.");
        app.MapGet("/report", () => "").RequirePermission("reports.read");
        app.MapGet("/forgotten", () => "");
        await app.StartAsync(Ct);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    private static WebApplication App()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddScoped<ViewerScope>();
        return builder.Build();
    }

    private static PermissionCatalog Catalog()
    {
        var catalog = new PermissionCatalog();
        catalog.Declare("reports.read", "Read reports.");
        return catalog;
    }
}
