using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Accounts.Tests;

/// <summary>Having an account is no permission.</summary>
public sealed class GrantsTests
{
    private static readonly DistrictId District = new(1);
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task The_first_administrator_may_everything_and_nobody_else_anything(bool isFirst, bool may)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var services = Services(database);
        var store = services.GetRequiredService<DocumentStore>();
        await store.ApplySchemaAsync(Ct);
        var id = Guid.CreateVersion7(Monday);
        await using var session = store.LightweightSession(District);
        session.Events.StartStream<Account>(
            id, new AccountEvent.Created(id, "okafor", "Principal Okafor", isFirst, Monday),
            new AccountEvent.PasswordSet(id, "hash"));
        await session.SaveChangesAsync(Ct);

        var viewer = await services.GetRequiredService<IViewerGrants>().ViewerOfAsync(District, id, Ct);
        var elsewhere = await services.GetRequiredService<IViewerGrants>().ViewerOfAsync(new(2), id, Ct);

        Assert.Equal((id.ToString(), may), (viewer.Id, viewer.May("outbox.read")));
        Assert.False(elsewhere.May("outbox.read"));
        Assert.Empty(await DistrictGuard.ComplaintsAsync(database.ConnectionString, Ct));
    }

    private static ServiceProvider Services(TestDatabase database)
    {
        var services = new ServiceCollection();
        var hub = new HubBuilder(services, new ConfigurationBuilder().Build()).AddAccounts();
        hub.Store(store => store.KeyRing = new FileKeyRing(
            Path.Combine(Path.GetTempPath(), $"k12hub-ring-{Environment.ProcessId}"), TimeProvider.System));
        hub.Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        return services.BuildServiceProvider();
    }
}
