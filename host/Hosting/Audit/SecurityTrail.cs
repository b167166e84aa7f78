using System.Text.Json;
using System.Text.Json.Serialization;
using K12Hub.EventStore;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting;

/// <summary>Writes down what whoever watches over a district looks for. Refusals come in floods: of one actor, or one
/// address, the first is written at once, and those of the minute that follows in one record that says how many there
/// were.</summary>
public sealed partial class SecurityTrail : IAsyncDisposable
{
    /// <summary>How long refusals are counted before they are written.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    private const int MostFloods = 10_000;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly AuditTrail trail;
    private readonly TimeProvider time;
    private readonly ILogger<SecurityTrail> log;
    private readonly Lock gate = new();
    private readonly Dictionary<(short District, string Action, string Who), Flood> floods = [];
    private readonly ITimer timer;
    private bool isLooking;

    internal SecurityTrail(AuditTrail trail, TimeProvider time, ILogger<SecurityTrail> log)
    {
        (this.trail, this.time, this.log) = (trail, time, log);
        timer = time.CreateTimer(_ => _ = WriteCountedAsync(time.GetUtcNow()), null, Timeout.InfiniteTimeSpan, Look);
    }

    /// <summary>Writes down what happened. When it comes back the record is on disk.</summary>
    /// <param name="district">The district.</param>
    /// <param name="note">What happened.</param>
    /// <param name="ct">Ends the waiting, not the writing.</param>
    /// <exception cref="AuditException">It is not written, and must not happen.</exception>
    public Task WriteAsync(DistrictId district, SecurityNote note, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(note);
        return trail.WriteAsync(district, Entry(note, new(note), time.GetUtcNow()), ct);
    }

    /// <summary>Writes down that somebody was refused, or counts it with those of the same minute.</summary>
    /// <param name="district">The district's number, by which connectors know it, too.</param>
    /// <param name="note">What was refused.</param>
    /// <param name="ct">Ends the waiting, not the writing.</param>
    /// <exception cref="AuditException">It is not written.</exception>
    public Task RefusedAsync(short district, SecurityNote note, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(note);
        return IsCounted(district, note) ? Task.CompletedTask : WriteAsync(new DistrictId(district), note, ct);
    }

    /// <summary>Writes what was counted and not written yet.</summary>
    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync().ConfigureAwait(false);
        await WriteCountedAsync(DateTimeOffset.MaxValue).ConfigureAwait(false);
    }

    /// <summary>Counts it where the minute of an earlier one is not over; else begins a minute.</summary>
    private bool IsCounted(short district, SecurityNote note)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            // Addresses cost whoever has a network of them nothing: beyond so many they share one count.
            var who = note.Actor ?? note.Address ?? "";
            if (!floods.ContainsKey((district, note.Action, who)) && floods.Count >= MostFloods) who = "";
            var key = (district, note.Action, who);
            if (floods.TryGetValue(key, out var flood))
            {
                flood.Counted.Add(note);
                return true;
            }

            floods[key] = new(who.Length > 0 ? note : note with { Address = null }, now + Together);
            if (isLooking) return false;
            isLooking = true;
            timer.Change(Look, Look);
            return false;
        }
    }

    private async Task WriteCountedAsync(DateTimeOffset now)
    {
        var due = new List<(DistrictId District, AuditEntry Entry)>();
        lock (gate)
        {
            foreach (var (key, flood) in floods.Where(one => one.Value.Until <= now).ToList())
            {
                if (flood.Counted.Times == 0)
                {
                    floods.Remove(key);
                    continue;
                }

                due.Add((new(key.District), Entry(flood.First, flood.Counted, time.GetUtcNow())));
                floods[key] = new(flood.First, time.GetUtcNow() + Together);
            }

            isLooking = floods.Count > 0;
            if (!isLooking) timer.Change(Timeout.InfiniteTimeSpan, Look);
        }

        foreach (var (district, entry) in due)
        {
            try
            {
                await trail.WriteAsync(district, entry, CancellationToken.None).ConfigureAwait(false);
            }
            catch (AuditException failure)
            {
                // They were refused, and the first of them is on record.
                LogLost(entry.Action, failure.InnerException?.GetType().Name);
            }
        }
    }

    private static AuditEntry Entry(SecurityNote note, Counted counted, DateTimeOffset now) =>
        new(AuditKind.Security, note.Action, note.Via)
        {
            At = now,
            Actor = note.Actor,
            RequestId = counted.Times == 1 ? note.RequestId : null,
            Purpose = note.Purpose,
            Detail = JsonSerializer.Serialize(
                new
                {
                    counted.What, counted.Accounts, note.Address,
                    Times = counted.Times > 1 ? counted.Times : (int?)null,
                },
                Json),
        };

    [LoggerMessage(1, LogLevel.Error, "Refusals could not be written down: {Action} ({Exception})")]
    private partial void LogLost(string action, string? exception);

    /// <summary>Refusals of one actor or address in a minute, beside the first.</summary>
    private sealed class Flood(SecurityNote first, DateTimeOffset until)
    {
        public SecurityNote First => first;

        public DateTimeOffset Until => until;

        public Counted Counted { get; } = new();
    }

    /// <summary>How many there were, and of what.</summary>
    private sealed class Counted
    {
        private const int Most = 20;

        private readonly SortedSet<string> what = new(StringComparer.Ordinal);
        private readonly SortedSet<Guid> accounts = [];

        public Counted()
        {
        }

        public Counted(SecurityNote note) => Add(note);

        public int Times { get; private set; }

        public IReadOnlyCollection<string>? What => what.Count > 0 ? what : null;

        public IReadOnlyCollection<Guid>? Accounts => accounts.Count > 0 ? accounts : null;

        public void Add(SecurityNote note)
        {
            Times++;
            foreach (var one in note.What)
            {
                if (what.Count < Most) what.Add(one);
            }

            if (note.Account is { } account && accounts.Count < Most) accounts.Add(account);
        }
    }
}
