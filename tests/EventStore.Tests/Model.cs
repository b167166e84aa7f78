namespace K12Hub.EventStore.Tests;

internal enum Act
{
    Start,
    AppendExact,
    AppendWrong,
    AppendAny,
    AppendToTwo,
    Archive,
    Fetch,
    Save,
    Repeat,
}

/// <summary>One thing a writer does.</summary>
internal sealed record Step(Act Act, int District, int Stream, int Second, int Events, int Slot);

/// <summary>What the store should hold, as dictionaries of lists, next to the store itself.</summary>
internal sealed class Model(TestStore test, params DistrictId[] districts)
{
    private readonly Dictionary<(int District, int Stream), List<string>> _streams = [];
    private readonly HashSet<(int, int)> _archived = [];
    private readonly Dictionary<int, Held> _held = [];
    private readonly int[] _units = new int[districts.Length];
    private int _number;
    private Guid? _lastCommand;

    public async Task<bool> RunAsync(Step[] steps)
    {
        foreach (var step in steps)
        {
            await TakeAsync(step);
        }

        for (var district = 0; district < districts.Length; district++)
        {
            await CompareAsync(district);
        }

        return true;
    }

    private Task TakeAsync(Step step) => step.Act switch
    {
        Act.Start => UnitAsync(step.District, [(step.Stream, ExpectedVersion.New)], step.Events),
        Act.AppendExact => UnitAsync(step.District, [(step.Stream, Version(step))], step.Events),
        Act.AppendWrong => UnitAsync(step.District, [(step.Stream, Version(step) + step.Events)], step.Events),
        Act.AppendAny => UnitAsync(step.District, [(step.Stream, ExpectedVersion.Any)], step.Events),
        Act.AppendToTwo when step.Second != step.Stream => UnitAsync(
            step.District, [(step.Second, ExpectedVersion.Any), (step.Stream, Version(step))], step.Events),
        Act.Archive => ArchiveAsync(step),
        Act.Fetch => FetchAsync(step),
        Act.Save => SaveAsync(step),
        Act.Repeat => RepeatAsync(step),
        _ => Task.CompletedTask,
    };

    private async Task UnitAsync(int district, (int Stream, int Expected)[] streams, int events)
    {
        var fits = streams.All(s => !_archived.Contains((district, s.Stream))
            && (s.Expected < 0 || s.Expected == Texts(district, s.Stream).Count));
        var texts = Enumerable.Range(0, events).Select(_ => $"{_number++}").ToList();
        var command = Guid.CreateVersion7();
        await using var session = test.Session(districts[district]);
        session.IdentifyCommand(command);
        session.Outbox.Publish("tell", command.ToString(), texts);
        foreach (var (stream, expected) in streams)
        {
            session.Events.Append<Note>(Id(stream), expected, texts.Select(t => new NoteWritten(t)));
        }

        Assert.Equal(fits, await SavesAsync(session));
        if (fits)
        {
            Array.ForEach(streams, s => Texts(district, s.Stream).AddRange(texts));
            _units[district]++;
            _lastCommand = district == 0 ? command : _lastCommand;
        }
    }

    private async Task ArchiveAsync(Step step)
    {
        // Rare, or all streams would soon be closed.
        if (step.Slot > 0 || Version(step) == 0 || !_archived.Add((step.District, step.Stream)))
        {
            return;
        }

        await using var session = test.Session(districts[step.District]);
        session.Events.ArchiveStream(Id(step.Stream));
        await session.SaveChangesAsync(TestStore.Ct);
    }

    private async Task FetchAsync(Step step)
    {
        var session = test.Session(districts[step.District]);
        var stream = await session.Events.FetchForWriting<Note>(Id(step.Stream), TestStore.Ct);
        var texts = Texts(step.District, step.Stream);
        var archived = _archived.Contains((step.District, step.Stream)) ? 1 : 0;
        Assert.Equal(texts.Count + archived, stream.CurrentVersion);
        Assert.Equal(texts.LastOrDefault(), stream.Aggregate?.Last);
        _held[step.Slot] = new(session, stream, step.District, step.Stream);
    }

    private async Task SaveAsync(Step step)
    {
        if (!_held.Remove(step.Slot, out var held))
        {
            return;
        }

        var texts = Texts(held.District, held.Number);
        var fits = held.Stream.CurrentVersion == texts.Count && !_archived.Contains((held.District, held.Number));
        var text = $"{_number++}";
        held.Stream.AppendOne(new NoteWritten(text));
        Assert.Equal(fits, await SavesAsync(held.Session));
        if (fits)
        {
            texts.Add(text);
        }
    }

    /// <summary>The same command again: nothing happens, whatever it asks.</summary>
    private async Task RepeatAsync(Step step)
    {
        if (_lastCommand is not { } command)
        {
            return;
        }

        await using var session = test.Session(districts[0]);
        session.IdentifyCommand(command);
        session.Events.Append<Note>(Id(step.Stream), ExpectedVersion.Any, new NoteWritten("again"));
        Assert.True((await session.SaveChangesAsync(TestStore.Ct)).AlreadyDone);
    }

    private async Task CompareAsync(int district)
    {
        var events = new List<RecordedEvent>();
        await using var session = test.Session(districts[district]);
        foreach (var ((_, stream), texts) in _streams.Where(s => s.Key.District == district))
        {
            var stored = await session.Events.FetchStreamAsync(Id(stream), ct: TestStore.Ct);
            Assert.Equal(texts, stored.Select(e => e.Data).OfType<NoteWritten>().Select(e => e.Text));
            var length = texts.Count + (_archived.Contains((district, stream)) ? 1 : 0);
            Assert.Equal(Enumerable.Range(1, length), stored.Select(e => e.Version));
            Assert.Equal(stored.OrderBy(e => e.Position), stored);
            events.AddRange(stored);
        }

        var feed = await test.Store.Feed.ReadSettledAsync(districts[district], 0, 10_000, null, TestStore.Ct);
        Assert.Equal(events.Select(e => e.Position).Order(), feed.Events.Select(e => e.Position));
        var tenant = districts[district].Value;
        Assert.Equal(_units[district], await test.CountAsync($"es.outbox where tenant_id = {tenant}"));
        Assert.Equal(_units[district], await test.CountAsync($"es.commands where tenant_id = {tenant}"));
    }

    private static async Task<bool> SavesAsync(IDocumentSession session)
    {
        try
        {
            await session.SaveChangesAsync(TestStore.Ct);
            return true;
        }
        catch (Exception refused) when (refused is ConcurrencyException or StreamArchivedException)
        {
            return false;
        }
    }

    private int Version(Step step) => Texts(step.District, step.Stream).Count;

    private List<string> Texts(int district, int stream)
    {
        if (!_streams.TryGetValue((district, stream), out var texts))
        {
            _streams.Add((district, stream), texts = []);
        }

        return texts;
    }

    private static Guid Id(int stream) => new(stream, 1, 0, new byte[8]);

    private sealed record Held(IDocumentSession Session, IEventStream<Note> Stream, int District, int Number);
}
