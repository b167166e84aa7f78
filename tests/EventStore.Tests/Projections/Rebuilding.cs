using System.Text.Json;
using K12Hub.Testing;

namespace K12Hub.EventStore.Tests.Projections;

/// <summary>The queue of the next version of the program: one column less, one more, and another sentence.</summary>
public sealed record NextRow(Guid Id, string Subject, int Words);

internal sealed class NextQueue : SingleStreamProjection<Inquiry, NextRow>
{
    public override NextRow? Row(Inquiry aggregate) => aggregate.Closed
        ? null
        : new(aggregate.Id, "About " + aggregate.Subject, aggregate.Subject.Split(' ').Length + aggregate.Answers);
}

internal static class Rebuilding
{
    /// <summary>The next version of the program, on the same database.</summary>
    public static DocumentStore NextProgram(this TestStore test) => DocumentStore.For(options =>
    {
        options.UseDatabase(test.ConnectionString);
        options.Events.MapEventType<InquiryOpened>("inquiry.opened");
        options.Events.MapEventType<InquiryAssigned>("inquiry.assigned");
        options.Events.MapEventType<InquiryAnswered>("inquiry.answered");
        options.Events.MapEventType<InquiryClosed>("inquiry.closed");
        options.Aggregates.Add<Inquiry>("inquiry");
        options.Tables.Add<NextRow>("inquiries.queue", version: 2, t => t
            .Key(row => row.Id).Index(row => row.Subject, row => row.Id).FollowsStream());
        options.Projections.Add<NextQueue>(ProjectionLifecycle.Inline);
    });

    public static async Task<List<Guid>> OpenManyAsync(this TestStore test, int count)
    {
        var ids = Enumerable.Range(1, count).Select(i => new Guid(i, 0, 0, new byte[8])).ToList();
        foreach (var id in ids)
        {
            await test.OpenAsync(id, $"Bus {id} was late");
        }

        return ids;
    }

    /// <summary>Answers inquiries one after the other until told to end, or until the program is too old.</summary>
    public static async Task<int> AnswerAsync(this TestStore test, List<Guid> ids, Task until)
    {
        var count = 0;
        for (var ended = false; !ended;)
        {
            ended = until.IsCompleted;
            try
            {
                await using var session = test.Session();
                session.Events.Append<Inquiry>(
                    ids[count * 7 % ids.Count], ExpectedVersion.Any, new InquiryAnswered($"{count}"));
                await session.SaveChangesAsync(TestStore.Ct);
                count++;
            }
            catch (ConcurrencyException)
            {
                // Another writer was faster; again.
                ended = false;
            }
            catch (SchemaException tooOld)
            {
                Assert.Contains("a newer version", tooOld.Message, StringComparison.Ordinal);
                ended = true;
            }
        }

        return count;
    }

    /// <summary>Reads the whole queue again and again; every reading must have all rows, of one shape.</summary>
    /// <returns>How often the rows were the old ones and the new ones.</returns>
    public static async Task<(int Old, int New)> ReadAsync(this TestStore test, int rows, Task until)
    {
        var seen = (Old: 0, New: 0);
        while (!until.IsCompleted || seen.New == 0)
        {
            var texts = (await test.RowsAsync("select to_jsonb(q) from inquiries.queue q")).Split('\n');
            Assert.Equal(rows, texts.Length);
            var shapes = texts.Select(text => JsonDocument.Parse(text).RootElement.TryGetProperty("words", out _))
                .Distinct().ToList();
            seen = Assert.Single(shapes) ? (seen.Old, seen.New + 1) : (seen.Old + 1, seen.New);
        }

        return seen;
    }

    /// <summary>The rows as folding each stream gives them, one a line.</summary>
    public static async Task<string> FoldedAsync<TRow>(
        this TestStore test, List<Guid> ids, Func<Inquiry, TRow?> row)
        where TRow : class
    {
        var lines = new List<string>();
        foreach (var id in ids.OrderBy(id => id.ToString(), StringComparer.Ordinal))
        {
            await using var session = test.Session();
            var inquiry = await session.Events.AggregateStreamAsync<Inquiry>(id, ct: TestStore.Ct);
            if (row(inquiry!) is { } made)
            {
                lines.Add(made.ToString()!);
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Tables that rebuilds have not tidied away.</summary>
    public static Task<string> LeftoversAsync(this TestStore test) => test.RowsAsync(
        "select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace "
        + "where n.nspname like '%\\_next'");

    /// <summary>Cancels as soon as a rebuild comes to a step.</summary>
    public sealed class StopAt(RebuildStep step, CancellationTokenSource stop) : IProgress<RebuildProgress>
    {
        public List<RebuildStep> Steps { get; } = [];

        public void Report(RebuildProgress value)
        {
            Steps.Add(value.Step);
            if (value.Step == step)
            {
                stop.Cancel();
            }
        }
    }
}
