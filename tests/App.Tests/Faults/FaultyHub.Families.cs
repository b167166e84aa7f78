using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;
using K12Hub.Roster;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Faults;

/// <summary>What families ask for, and what was opened that is private.</summary>
internal sealed partial class FaultyHub
{
    public string Amendment { get; private set; } = "";

    public string DeclinedAmendment { get; private set; } = "";

    /// <summary>Something private that one person asked to see, another agreed to, and nobody else looked at.</summary>
    public string OpenedBreakGlass { get; private set; } = "";

    private async Task OpenPrivateAsync()
    {
        await using var session = services.GetRequiredService<DocumentStore>().LightweightSession(new(1));
        var (id, now) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow);
        session.Events.StartStream<Hosting.BreakGlass>(
            id, MutationSample.SomeBreakGlass(), new BreakGlassEvent.Approved("silva", now, now.AddHours(4)));
        await session.SaveChangesAsync(Ct);
        OpenedBreakGlass = NodeId.Encode("BreakGlass", id)!;
    }

    /// <summary>One schedule that waits, and one in force, by somebody else.</summary>
    private async Task ScheduleAsync()
    {
        await using var session = services.GetRequiredService<DocumentStore>().LightweightSession(new(1));
        session.Events.StartStream<RetentionSchedule>(
            RetentionSchedule.IdOf(RetentionKind.Staff), Proposed(RetentionKind.Staff));
        session.Events.StartStream<RetentionSchedule>(
            RetentionSchedule.IdOf(RetentionKind.Guardians), Proposed(RetentionKind.Guardians),
            new RetentionEvent.Approved("reyes", DateTimeOffset.UtcNow));
        await session.SaveChangesAsync(Ct);
    }

    private static RetentionEvent.Proposed Proposed(RetentionKind kind) =>
        new(kind.Word(), "P7Y", "Rule", "okafor", DateTimeOffset.UtcNow);

    private async Task AmendAsync()
    {
        Amendment = await MadeAsync(MutationSample.Amending(Student, "Name"), "requestAmendment", "amendment");
        var other = await MadeAsync(MutationSample.Amending(Student, "Phone"), "requestAmendment", "amendment");
        DeclinedAmendment = await MadeAsync(
            $"mutation {{ declineAmendment(input: {{ id: \"{other}\", reason: \"It rings.\" }}) "
            + "{ amendment { id } errors { code } } }",
            "declineAmendment", "amendment");
    }
}
