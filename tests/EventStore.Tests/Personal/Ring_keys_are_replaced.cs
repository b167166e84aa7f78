namespace K12Hub.EventStore.Tests;

public sealed class Ring_keys_are_replaced
{
    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task After_a_rotation_every_key_is_wrapped_anew_and_all_still_read()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz");
        await test.RegisterAsync(FamilyStore.Okafor, "Okafor");
        await test.EraseAsync(FamilyStore.Okafor);
        var before = await test.LinesAsync("select data::text from es.events order by position");

        Assert.Equal(1, await test.Store.RotateKeysAsync(TestStore.Lincoln, Ct));

        Assert.Equal(before, await test.LinesAsync("select data::text from es.events order by position"));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(test.Folder, "ring", "1"), "*.key").Length);
        var current = await File.ReadAllTextAsync(Path.Combine(test.Folder, "ring", "1", "current"), Ct);
        File.Delete(Directory.GetFiles(Path.Combine(test.Folder, "ring", "1"), "*.key")
            .Single(file => !file.Contains(current, StringComparison.Ordinal)));

        await using var fresh = test.Open(test.ConnectionString);
        await using var session = fresh.LightweightSession(TestStore.Lincoln);
        Assert.Equal("Ortiz", (await session.Events.AggregateStreamAsync<Family>(FamilyStore.Ortiz, ct: Ct))!.Name);
        Assert.True((await session.Events.FetchStreamAsync(FamilyStore.Okafor, ct: Ct))[0].IsErased);
    }
}
