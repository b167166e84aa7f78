namespace K12Hub.EventStore.Tests;

public sealed class Everybody_has_one_key
{
    private static readonly Guid[] People =
        [.. Enumerable.Range(1, 10_000).Select(i => new Guid(i, 0, 0, new byte[8]))];

    [Fact]
    public async Task However_little_of_a_bulk_append_stays_in_memory()
    {
        await using var test = await FamilyStore.CreateAsync();
        using var small = new BulkKeys(test.Store.SubjectKeys, FamilyStore.Lincoln, most: 3_000);
        using var large = new BulkKeys(test.Store.SubjectKeys, FamilyStore.Lincoln);

        var made = Secrets(await small.FindAsync(People[..2_000], FamilyStore.Ct));
        await small.FindAsync(People[2_000..4_500], FamilyStore.Ct);
        var again = Secrets(await small.FindAsync(People[..2_000], FamilyStore.Ct));
        var all = Secrets(await large.FindAsync(People, FamilyStore.Ct));

        Assert.Equal(made, again);
        Assert.Equal(made, all[..2_000]);
        Assert.Equal(10_000, all.Distinct().Count());
    }

    [Fact]
    public async Task However_many_make_it_at_the_same_time()
    {
        await using var test = await FamilyStore.CreateAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            using var keys = new BulkKeys(test.Store.SubjectKeys, FamilyStore.Lincoln);
            return Secrets(await keys.FindAsync(People, FamilyStore.Ct));
        }));

        Assert.All(all, secrets => Assert.Equal(all[0], secrets));
    }

    private static string[] Secrets(IReadOnlyDictionary<Guid, SubjectKey> keys) =>
        [.. keys.OrderBy(key => key.Key).Select(key => Convert.ToHexString(key.Value.Secret.Span))];
}
