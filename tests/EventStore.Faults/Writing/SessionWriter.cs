using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>Writes through sessions, as the product does: a command is sent again under its id until it is
/// acknowledged, however often the database or the connection dies under it.</summary>
internal sealed class SessionWriter(DocumentStore store, Acknowledged acknowledged, Random random)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(30);
    private readonly List<Guid> own = [];

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var command = new Command(
                Ids.Next(random), [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => Stream()).Distinct()],
                Lines: random.Next(1, 4), Exact: random.Next(2) == 0);
            if (await CarryOutAsync(command, stop)) acknowledged.Add(command.Id, command.All);
        }
    }

    private async Task<bool> CarryOutAsync(Command command, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Breath.TakeAsync();
                await SaveAsync(command);
                return true;
            }
            catch (ConcurrencyException)
            {
                // Somebody was faster: once more, with what there is now.
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                // Whether it was stored is not known; the command's id will tell.
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
        }

        return false;
    }

    private async Task SaveAsync(Command command)
    {
        await using var session = store.LightweightSession(Stores.District);
        session.IdentifyCommand(command.Id);
        object[] lines = [.. Enumerable.Repeat(new LinePosted(command.Id, command.All), command.Lines)];
        foreach (var stream in command.Streams)
        {
            if (command.Exact)
            {
                var ledger = await session.Events.FetchForWriting<Ledger>(stream, CancellationToken.None);
                ledger.AppendMany(lines);
            }
            else
            {
                session.Events.Append<Ledger>(stream, ExpectedVersion.Any, lines);
            }
        }

        session.Outbox.Publish("faults.told", $"{command.Id:N}", new { command.Id });
        await session.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>One of five that all fight over, a new one, or one of its own.</summary>
    private Guid Stream()
    {
        var choice = random.Next(4);
        if (choice == 0) return new Guid(random.Next(5), 1, 0, new byte[8]);
        if (choice < 3 || own.Count == 0) own.Add(Ids.Next(random));
        return own[random.Next(own.Count)];
    }

    private sealed record Command(Guid Id, IReadOnlyList<Guid> Streams, int Lines, bool Exact)
    {
        public int All => Lines * Streams.Count;
    }
}
