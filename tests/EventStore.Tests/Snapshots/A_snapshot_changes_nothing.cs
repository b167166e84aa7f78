using FsCheck;
using FsCheck.Fluent;
using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class A_snapshot_changes_nothing
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly DistrictId Lincoln = TestStore.Lincoln;

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Whatever_was_appended_how_the_state_is_that_of_all_events_at_every_version()
    {
        await using var test = await TestStore.CreateAsync();
        await using var store = Open(test);
        var streams = 0;
        Prop.ForAll(Gen.Choose(-9, 25).ArrayOf(12).ToArbitrary(), units =>
        {
            var id = new Guid(++streams, 7, 0, new byte[8]);
            return AppendAsync(store, id, units).GetAwaiter().GetResult()
                && SameAsync(store, test.Store, id).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
        Assert.True(await test.CountAsync("es.snapshots") > 10);
    }

    [Fact]
    public async Task It_is_stored_after_every_so_many_events_and_read_instead_of_them()
    {
        await using var test = await TestStore.CreateAsync();
        await using var store = Open(test);
        await AppendAsync(store, Bus, [9]);
        Assert.Equal(0, await test.CountAsync("es.snapshots"));
        await AppendAsync(store, Bus, [3]);
        Assert.Equal("12", await test.RowsAsync("select version from es.snapshots"));

        await test.ExecuteAsync("update es.snapshots set data = data || '{\"lines\": 1000}'");
        Assert.Equal(1_000, (await StateAsync(store, Bus))!.Lines);
        await AppendAsync(store, Bus, [2]);
        Assert.Equal(1_002, (await StateAsync(store, Bus))!.Lines);
        Assert.Equal(11, (await StateAsync(store, Bus, version: 11))!.Lines);
    }

    [Fact]
    public async Task It_costs_one_more_round_trip_when_it_is_due_and_none_else()
    {
        await using var test = await TestStore.CreateAsync();
        await using var counted = new CountedConnection(test.ConnectionString);
        await using var store = Open(test, address: counted.ConnectionString);
        await AppendAsync(store, Bus, [1]);
        await using var session = store.LightweightSession(Lincoln);
        var note = await session.Events.FetchForWriting<Note>(Bus, Ct);
        var trips = new List<int>();
        for (var i = 0; i < 21; i++)
        {
            note.AppendOne(new NoteWritten($"{i}"));
            var before = counted.RoundTrips;
            await session.SaveChangesAsync(Ct);
            trips.Add(counted.RoundTrips - before);
        }

        Assert.Equal([8, 18], trips.Index().Where(t => t.Item == 2).Select(t => t.Index));
        Assert.Equal(19, trips.Count(t => t == 1));
    }

    [Theory]
    [InlineData("schema = 2")]
    [InlineData("code = '00000000-0000-0000-0000-000000000001'")]
    public async Task One_of_other_code_or_another_shape_is_not_used_and_makes_room(string other)
    {
        await using var test = await TestStore.CreateAsync();
        await using var store = Open(test);
        await AppendAsync(store, Bus, [12]);
        await test.ExecuteAsync($"update es.snapshots set data = data || '{{\"lines\": 1000}}', version = 99, {other}");
        Assert.Equal(12, (await StateAsync(store, Bus))!.Lines);
        await AppendAsync(store, Bus, [1]);
        Assert.Equal("13", await test.RowsAsync("select version from es.snapshots where version < 99"));
    }

    [Fact]
    public async Task A_state_that_cannot_be_read_back_fails_before_anything_is_stored()
    {
        await using var test = await TestStore.CreateAsync();
        await using var store = DocumentStore.For(options =>
        {
            options.UseDatabase(test.ConnectionString);
            options.Events.MapEventType<NoteWritten>("note.written");
            options.Aggregates.Add<Forgetful>("note").SnapshotEvery(10);
        });
        await using var session = store.LightweightSession(Lincoln);
        var stream = await session.Events.FetchForWriting<Forgetful>(Bus, Ct);
        stream.AppendMany(Enumerable.Range(0, 10).Select(i => new NoteWritten($"{i}")));
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => session.SaveChangesAsync(Ct));
        Assert.Contains("Forgetful cannot have snapshots", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task Personal_data_goes_into_it_sealed_and_out_of_it_with_the_person()
    {
        await using var test = await FamilyStore.CreateAsync();
        var notes = Enumerable.Range(0, 12).Select(_ => (object)new FamilyNoted("bus")).ToArray();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz", more: notes);
        Assert.Equal(1, await test.ScalarAsync<long>("select count(*) from es.snapshots"));
        var dump = await test.LinesAsync("select data::text from es.snapshots");
        Assert.DoesNotContain("Ortiz", dump, StringComparison.Ordinal);
        await using var fresh = test.Open(test.ConnectionString);
        await using var session = fresh.LightweightSession(Lincoln);
        var family = await session.Events.AggregateStreamAsync<Family>(FamilyStore.Ortiz, ct: Ct);
        Assert.Equal(("Ortiz", 12), (family!.Name, family.Notes));

        await test.ExecuteAsync("create table kept as select * from es.snapshots");
        await test.EraseAsync(FamilyStore.Ortiz);
        Assert.Equal(0, await test.ScalarAsync<long>("select count(*) from es.snapshots"));

        // As one that a node stored at the last moment, or that an older dump brings back.
        await test.ExecuteAsync("insert into es.snapshots select * from kept");
        await using var later = test.Open(test.ConnectionString);
        await using var reader = later.LightweightSession(Lincoln);
        family = await reader.Events.AggregateStreamAsync<Family>(FamilyStore.Ortiz, ct: Ct);
        Assert.Equal((PersonalDataAttribute.Erased, 12), (family!.Name, family.Notes));
    }

    private static DocumentStore Open(TestStore test, string? address = null) => DocumentStore.For(options =>
    {
        options.UseDatabase(address ?? test.ConnectionString);
        options.Events.MapEventType<NoteWritten>("note.written");
        options.Aggregates.Add<Note>("note", id => new(id, 0, ""), Note.Evolve).SnapshotEvery(10);
    });

    /// <summary>Units of so many events; a negative number appends without loading.</summary>
    private static async Task<bool> AppendAsync(DocumentStore store, Guid id, int[] units)
    {
        foreach (var (i, unit) in units.Index())
        {
            await using var session = store.LightweightSession(Lincoln);
            var written = Enumerable.Range(0, Math.Abs(unit)).Select(n => new NoteWritten($"{i}.{n}")).ToList();
            if (unit > 0)
            {
                (await session.Events.FetchForWriting<Note>(id, Ct)).AppendMany(written);
            }
            else if (unit < 0)
            {
                session.Events.Append<Note>(id, ExpectedVersion.Any, written);
            }

            await session.SaveChangesAsync(Ct);
        }

        return true;
    }

    private static async Task<bool> SameAsync(DocumentStore with, DocumentStore without, Guid id)
    {
        await using var session = without.LightweightSession(Lincoln);
        var last = (await session.Events.FetchStreamStateAsync(id, Ct))?.Version ?? 0;
        Assert.Equal(await StateAsync(without, id), await StateAsync(with, id));
        for (var version = 1; version <= last; version += 7)
        {
            Assert.Equal(await StateAsync(without, id, version), await StateAsync(with, id, version));
        }

        await using var writer = with.LightweightSession(Lincoln);
        Assert.Equal(last, (await writer.Events.FetchForWriting<Note>(id, Ct)).CurrentVersion);
        return true;
    }

    private static async Task<Note?> StateAsync(DocumentStore store, Guid id, int? version = null)
    {
        await using var session = store.LightweightSession(Lincoln);
        return await session.Events.AggregateStreamAsync<Note>(id, version, ct: Ct);
    }

    private sealed class Forgetful
    {
        public int Lines { get; private set; }

        public static Forgetful Create(NoteWritten e) => new() { Lines = e.Text.Length };

        public void Apply(InquiryAnswered e) => Lines++;
    }
}
