using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class Erasures_survive_a_restore
{
    private static readonly Guid Ortiz = FamilyStore.Ortiz;
    private static readonly Guid Okafor = FamilyStore.Okafor;

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task What_an_older_dump_brings_back_is_erased_again_before_anybody_is_served()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        await test.RegisterAsync(Okafor, "Okafor");
        var file = Path.Combine(test.Folder, "yesterday.dump");
        await PgDump.DumpAsync(test.ConnectionString, file, TestStore.Ct);
        await test.EraseAsync(Ortiz);

        await using var restored = await TestDatabase.CreateAsync();
        await PgDump.RestoreAsync(restored.ConnectionString, file, TestStore.Ct);
        Assert.Contains(
            "Ortiz", await PgDump.TextAsync(restored.ConnectionString, TestStore.Ct), StringComparison.Ordinal);
        await using var store = test.Open(restored.ConnectionString);
        await store.ApplySchemaAsync(Ct);

        Assert.DoesNotContain(
            "Ortiz", await PgDump.TextAsync(restored.ConnectionString, TestStore.Ct), StringComparison.Ordinal);
        await using var session = store.LightweightSession(TestStore.Lincoln);
        Assert.True((await session.Events.FetchStreamAsync(Ortiz, ct: Ct))[0].IsErased);
        Assert.Equal("Okafor", (await session.Events.AggregateStreamAsync<Family>(Okafor, ct: Ct))!.Name);
        Assert.Equal(1, await CountAsync(store));
        await store.ApplySchemaAsync(Ct);
        Assert.Equal(1, await CountAsync(store));
    }

    [Fact]
    public async Task An_erasure_that_was_cut_off_after_the_ledger_is_done_at_the_next_start()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        using (var ledger = new FileErasureLedger(test.LedgerFile))
        {
            await ledger.AddAsync(
                new(Guid.CreateVersion7(), 1, Ortiz, "request 17", null, DateTimeOffset.UnixEpoch), Ct);
        }

        await test.Store.ApplySchemaAsync(Ct);
        await using var session = test.Store.LightweightSession(TestStore.Lincoln);
        Assert.True((await session.Events.FetchStreamAsync(Ortiz, ct: Ct))[0].IsErased);
    }

    [Fact]
    public async Task A_node_with_a_ledger_of_its_own_learns_what_others_erased()
    {
        await using var test = await FamilyStore.CreateAsync();
        var entry = await test.EraseAsync(Ortiz);
        using var own = new FileErasureLedger(Path.Combine(test.Folder, "other", "erasures.log"));
        await using var other = test.Open(test.ConnectionString, options => options.ErasureLedger = own);
        await other.ApplySchemaAsync(Ct);
        Assert.Equal(entry.Id, Assert.Single(await own.ReadAsync(Ct)).Id);
    }

    [Fact]
    public async Task The_ledger_is_only_added_to_and_loses_no_line_but_one_that_was_cut_off()
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-ledger-").FullName;
        var path = Path.Combine(folder, "erasures.log");
        using var ledger = new FileErasureLedger(path);
        Assert.Empty(await ledger.ReadAsync(Ct));
        var first = new ErasureEntry(Guid.CreateVersion7(), 1, Ortiz, "a", "b", DateTimeOffset.UnixEpoch);
        await ledger.AddAsync(first, Ct);
        await File.AppendAllTextAsync(path, """{"id":"0192""", Ct);
        Assert.Equal([first], await ledger.ReadAsync(Ct));
        var second = first with { Id = Guid.CreateVersion7(), Subject = null };
        await ledger.AddAsync(second, Ct);
        Assert.Equal([first, second], await ledger.ReadAsync(Ct));

        await File.WriteAllTextAsync(path, "damaged\n" + await File.ReadAllTextAsync(path, Ct), Ct);
        var damaged = await Assert.ThrowsAsync<IOException>(() => ledger.ReadAsync(Ct).AsTask());
        Assert.Contains("Line 1", damaged.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<long> CountAsync(DocumentStore store)
    {
        await using var command = store.OwnerDataSource.CreateCommand("select count(*) from es.erasures");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }
}
