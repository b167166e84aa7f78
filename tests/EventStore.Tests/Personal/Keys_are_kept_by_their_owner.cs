namespace K12Hub.EventStore.Tests;

public sealed class Keys_are_kept_by_their_owner : IDisposable
{
    private static readonly DistrictId Lincoln = TestStore.Lincoln;

    private readonly string _folder = Path.Combine(
        Directory.CreateTempSubdirectory("k12hub-ring-").FullName, "keys");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Folders_and_files_can_be_opened_by_nobody_else()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows inherits the rights of the folder above.");
            return;
        }

        await new FileKeyRing(_folder, TimeProvider.System).CurrentAsync(Lincoln, Ct);
        foreach (var path in Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories))
        {
            Assert.Equal(
                Directory.Exists(path) ? (UnixFileMode)448 : (UnixFileMode)384, File.GetUnixFileMode(path));
        }

        var file = Directory.EnumerateFiles(_folder, "*.key", SearchOption.AllDirectories).Single();
        File.SetUnixFileMode(file, (UnixFileMode)420);
        var refused = await Assert.ThrowsAsync<UnauthorizedAccessException>(
            async () => await new FileKeyRing(_folder, TimeProvider.System).CurrentAsync(Lincoln, Ct));
        Assert.Contains("chmod go=", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_processes_share_a_ring_and_a_rotation()
    {
        var (one, two) = (new FileKeyRing(_folder, TimeProvider.System), new FileKeyRing(_folder, TimeProvider.System));
        var first = await one.CurrentAsync(Lincoln, Ct);
        Assert.Equal(first.Secret.ToArray(), (await two.CurrentAsync(Lincoln, Ct)).Secret.ToArray());
        var second = await one.RotateAsync(Lincoln, Ct);
        Assert.Equal(second.Id, (await two.CurrentAsync(Lincoln, Ct)).Id);
        Assert.NotNull(await two.FindAsync(Lincoln, first.Id, Ct));
        Assert.NotEqual(second.Id, (await one.CurrentAsync(TestStore.Franklin, Ct)).Id);
    }

    [Fact]
    public async Task A_replaced_key_stays_while_it_is_in_use_or_a_dump_may_need_it()
    {
        var ring = new FileKeyRing(_folder, TimeProvider.System);
        var brief = new FileKeyRing(_folder, TimeProvider.System, kept: TimeSpan.Zero);
        var first = (await ring.CurrentAsync(Lincoln, Ct)).Id;
        await ring.RotateAsync(Lincoln, Ct);
        await ring.RetireAsync(Lincoln, [], Ct);
        await brief.RetireAsync(Lincoln, [first], Ct);
        Assert.NotNull(await ring.FindAsync(Lincoln, first, Ct));
        await brief.RetireAsync(Lincoln, [], Ct);
        Assert.Null(await brief.FindAsync(Lincoln, first, Ct));
        Assert.NotNull(await brief.CurrentAsync(Lincoln, Ct));
    }

    [Fact]
    public async Task An_id_out_of_a_database_is_never_a_path()
    {
        var ring = new FileKeyRing(_folder, TimeProvider.System);
        await Assert.ThrowsAsync<ArgumentException>(async () => await ring.FindAsync(Lincoln, "../2/x", Ct));
    }

    [Fact]
    public async Task A_key_is_never_printed() => Assert.DoesNotContain(
        "Secret", $"{await new FileKeyRing(_folder, TimeProvider.System).CurrentAsync(Lincoln, Ct)}",
        StringComparison.Ordinal);

    [Fact]
    public void The_cache_is_bounded_in_time_and_number()
    {
        var time = new ManualTime();
        var cache = new SubjectKeyCache(time);
        var key = new SubjectKey(FamilyStore.Ortiz, new byte[32]);
        cache.Add(1, key);
        Assert.True(cache.TryGet(1, key.Subject, out _));
        Assert.False(cache.TryGet(2, key.Subject, out _));
        time.Now += SubjectKeyCache.Lifetime;
        Assert.False(cache.TryGet(1, key.Subject, out _));
        for (var i = 0; i < 3 * SubjectKeyCache.Capacity; i++)
        {
            cache.Add(1, key with { Subject = new(i, 0, 0, new byte[8]) });
        }

        Assert.InRange(cache.Count, 1, SubjectKeyCache.Capacity);
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    private sealed class ManualTime : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
