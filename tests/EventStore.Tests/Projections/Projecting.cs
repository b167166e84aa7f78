namespace K12Hub.EventStore.Tests.Projections;

/// <summary>How often each word was written, over all notes: a row of many streams.</summary>
public sealed record WordRow(string Word, int Times, long LastPosition, IReadOnlyList<string> Longer);

internal sealed class Words : MultiStreamProjection<WordRow, string>
{
    public Words() => Identities<NoteWritten>(e => e.Text.Split(' '));

    public override WordRow? Evolve(WordRow? row, string key, RecordedEvent happened)
    {
        var text = ((NoteWritten)happened.Data).Text;
        if (text.Contains("poison", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"Somebody wrote {text}.");
        }

        return text.Contains("forget", StringComparison.Ordinal)
            ? null
            : new(key, (row?.Times ?? 0) + 1, happened.Position, [key + "!", "\"" + key + "\\"]);
    }
}

/// <summary>One row per event: whoever projects an event twice or never is found out.</summary>
public sealed record SeenRow(Guid Stream, int Version, long Position);

public sealed record LatestRow(Guid Stream, string Text);

internal sealed class Seen : EventProjection
{
    public Seen()
    {
        Writes<SeenRow>();
        Writes<LatestRow>();
        Project<NoteWritten>((e, envelope, rows) =>
        {
            rows.Store(new SeenRow(envelope.StreamId, envelope.Version, envelope.Position));
            rows.Store(new LatestRow(envelope.StreamId, e.Text));
            if (e.Text == "delete")
            {
                rows.Delete<SeenRow, (Guid, int)>((envelope.StreamId, envelope.Version - 1));
                rows.Delete<LatestRow, Guid>(envelope.StreamId);
            }
        });
    }

    public override string Name => "notes.seen";
}

/// <summary>The queue once more, written in the background.</summary>
public sealed record LaterRow(Guid Id, string Subject, int Answers);

internal sealed class LaterQueue : SingleStreamProjection<Inquiry, LaterRow>
{
    public override LaterRow? Row(Inquiry aggregate)
    {
        if (aggregate.Subject == "poison" && aggregate.Answers == 1)
        {
            throw new InvalidOperationException("A private sentence.");
        }

        return aggregate.Closed ? null : new(aggregate.Id, aggregate.Subject, aggregate.Answers);
    }
}

/// <summary>A store with a projection of each kind in the background.</summary>
internal static class Projecting
{
    public static Task<TestStore> CreateAsync(
        PoisonPolicy onPoison = PoisonPolicy.Pause) => TestStore.CreateAsync(options => Add(options, onPoison));

    public static void Add(StoreOptions options, PoisonPolicy onPoison = PoisonPolicy.Pause)
    {
        options.SignalAppends = true;
        options.Tables.Add<WordRow>("notes.words", 1, t => t.Key(row => row.Word));
        options.Tables.Add<SeenRow>("notes.seen", 1, t => t.Key(row => row.Stream, row => row.Version));
        options.Tables.Add<LatestRow>("notes.latest", 1, t => t.Key(row => row.Stream));
        options.Tables.Add<LaterRow>("inquiries.later", 1, t => t.Key(row => row.Id).FollowsStream());
        options.Projections.Add<Words>(ProjectionLifecycle.Async, onPoison);
        options.Projections.Add<Seen>(ProjectionLifecycle.Async, onPoison);
        options.Projections.Add<LaterQueue>(ProjectionLifecycle.Async, onPoison);
    }

    /// <summary>Waits until one projection has come to a position.</summary>
    public static async Task ReachedAsync(this TestStore test, string checkpoint, long position)
    {
        for (var looks = 0; looks < 6_000; looks++)
        {
            if (await test.ScalarAsync<bool>(
                $"select position >= {position} from es.projections where name = '{checkpoint}'"))
            {
                return;
            }

            await Task.Delay(10, TestStore.Ct);
        }

        Assert.Fail($"{checkpoint} did not come to {position}.");
    }

    /// <summary>Waits until everything there is has been projected.</summary>
    public static Task ProjectedAsync(this TestStore test, DistrictId? tenant = null) =>
        test.Store.WaitForNonStaleDataAsync(
            tenant ?? TestStore.Lincoln, null, TimeSpan.FromSeconds(60), TestStore.Ct);
}
