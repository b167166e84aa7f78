using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Opens a private object to somebody outside its team, for some hours: one person asks, a second one
/// agrees, and its team is told with the agreement.</summary>
internal sealed class BreakGlassDesk(
    DocumentStore store, ObjectSight sight, SecondPerson second, TimeProvider time)
{
    /// <summary>Kind of the messages to the team.</summary>
    public const string Message = "policy.break_glass";

    public const int UsualHours = 4, MostHours = 24;
    private const int LongestReason = 1_000;

    /// <summary>Asks for it. Who could not see the object if it were not private is told there is none.</summary>
    public async Task<(Guid Id, Refusal? Refusal)> RequestAsync(
        Viewer viewer, DistrictId district, string id, string reason, int hours, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return (default, BreakGlassRefusals.Reason.At("reason"));
        }

        if (hours is < 1 or > MostHours) return (default, BreakGlassRefusals.Hours.At("hours"));

        var seen = await sight.FindAsync(district, id, ct).ConfigureAwait(false);
        if (seen is null || !seen.IsSeenBy(viewer.With(seen.PrivateId)))
        {
            return (default, BreakGlassRefusals.NoObject.At("object"));
        }

        if (seen.PrivateId is not { } key || seen.IsSeenBy(viewer))
        {
            return (default, BreakGlassRefusals.SeenAlready.At("object"));
        }

        var now = time.GetUtcNow();
        return await SaveAsync(district, new BreakGlassEvent.Requested(
            NodeId.Split(id).Type, key, seen.PrivateTopic, viewer.Id!, reason.Trim(), hours, now), ct)
            .ConfigureAwait(false);
    }

    /// <summary>Agrees; from now on it is open to who asked.</summary>
    public async Task<Refusal?> ApproveAsync(Viewer viewer, DistrictId district, Guid id, CancellationToken ct)
    {
        while (true)
        {
            var session = store.LightweightSession(district, new EventMetadata(viewer.Id));
            await using var disposing = session.ConfigureAwait(false);
            var stream = await session.Events.FetchForWriting<BreakGlass>(id, ct).ConfigureAwait(false);
            if (stream.State is not { Request: { } asked } use) return BreakGlassRefusals.NotFound;
            if (!await second.IsAsync(district, asked.By, viewer.Id, ct).ConfigureAwait(false))
            {
                return BreakGlassRefusals.SecondPerson;
            }

            if (use.Approval is not null) return null;

            var now = time.GetUtcNow();
            stream.AppendOne(new BreakGlassEvent.Approved(viewer.Id!, now, now.AddHours(asked.Hours)));
            session.Outbox.Publish(Message, id.ToString(), new BreakGlassNotice(
                id, asked.ObjectType, asked.ObjectId, asked.Topic, asked.By, viewer.Id!));
            try
            {
                await session.SaveChangesAsync(ct).ConfigureAwait(false);
                return null;
            }
            catch (ConcurrencyException)
            {
                // Somebody else agreed at the same moment: looked at again.
            }
        }
    }

    /// <summary>Notes that somebody looked at it who neither asked nor agreed, when it is over; the first who does
    /// stays.</summary>
    public async Task<Refusal?> SeeAsync(Viewer viewer, DistrictId district, Guid id, CancellationToken ct)
    {
        while (true)
        {
            var session = store.LightweightSession(district, new EventMetadata(viewer.Id));
            await using var disposing = session.ConfigureAwait(false);
            var stream = await session.Events.FetchForWriting<BreakGlass>(id, ct).ConfigureAwait(false);
            if (stream.State is not { Request: { } asked } use
                || !Policy.May(viewer, BreakGlassAccess.Read, new() { Topic = asked.Topic }))
            {
                return BreakGlassRefusals.NotFound;
            }

            if (use.Approval is not { } agreed) return BreakGlassRefusals.NotOpened;
            if (!await second.IsAsync(district, asked.By, viewer.Id, ct).ConfigureAwait(false)
                || !await second.IsAsync(district, agreed.By, viewer.Id, ct).ConfigureAwait(false))
            {
                return BreakGlassRefusals.ThirdPerson;
            }

            if (use.Seen is not null) return null;
            if (time.GetUtcNow() < agreed.Until) return BreakGlassRefusals.StillOpen;

            stream.AppendOne(new BreakGlassEvent.Seen(viewer.Id!, time.GetUtcNow()));
            try
            {
                await session.SaveChangesAsync(ct).ConfigureAwait(false);
                return null;
            }
            catch (ConcurrencyException)
            {
                // Somebody else looked at the same moment: read again.
            }
        }
    }

    private async Task<(Guid Id, Refusal? Refusal)> SaveAsync(
        DistrictId district, BreakGlassEvent.Requested asked, CancellationToken ct)
    {
        var session = store.LightweightSession(district, new EventMetadata(asked.By));
        await using var disposing = session.ConfigureAwait(false);
        var id = Guid.CreateVersion7(asked.At);
        session.Events.StartStream<BreakGlass>(id, asked);
        try
        {
            await session.SaveChangesAsync(ct).ConfigureAwait(false);
            return (id, null);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return (default, BreakGlassRefusals.AskedAlready.At("object"));
        }
    }
}

internal static class BreakGlassRefusals
{
    public static readonly Refusal Reason = new(
        "breakGlass.reason", "Say why you need to see it, in 1 to 1,000 characters.");

    public static readonly Refusal Hours = new("breakGlass.hours", "Ask for 1 to 24 hours.");

    public static readonly Refusal NoObject = new(
        "object.not_found", "There is no such object. It may be gone: look at the list again.");

    public static readonly Refusal SeenAlready = new("breakGlass.seen", "You can see this already.");

    public static readonly Refusal AskedAlready = new(
        "breakGlass.asked", "You asked for this already. Have a second person agree.");

    public static readonly Refusal SecondPerson = new(
        "breakGlass.second_person", "You asked for this yourself. A second person has to agree.");

    public static readonly Refusal NotOpened = new(
        "breakGlass.not_opened",
        "id names something that nobody agreed to, so nothing was opened. Look at what was opened instead.");

    public static readonly Refusal StillOpen = new(
        "breakGlass.still_open",
        "id names something that is open still, so not all is known of it. Look at it when openUntil is over.");

    public static readonly Refusal ThirdPerson = new(
        "breakGlass.third_person", "You asked for this or agreed to it yourself. Somebody else has to look at it.");

    public static readonly Refusal NotFound = Refusal.NotFound("breakGlass");
}
