using System.Collections.Concurrent;
using System.Text.Json;
using K12Hub.Accounts;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;
using K12Hub.Roster;
using K12Hub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Faults;

/// <summary>The database that each hub begins with a copy of: made once, by a hub that nothing fails in.</summary>
internal sealed partial class FaultyHub
{
    private const string Ask =
        """
        {
          syncRuns { nodes { id status } }
          outboxMessages { nodes { id } }
          students(first: 3) { nodes { id } }
          alerts { nodes { id } }
          tokens { nodes { id } }
          breakGlassUses { nodes { id } }
          matches(includeDecided: true) { nodes { id state } }
        }
        """;

    private static readonly ConcurrentDictionary<string, Preparation> Prepared = [];

    private static async Task PrepareAsync(string address, Folders folders)
    {
        await RosterAsync(address, folders, "import", await folders.PackageAsync(Students));
        await RosterAsync(address, folders, "propose", await folders.PackageAsync(Students, day: 40));
        await using var store = DocumentStore.For(options =>
        {
            options.UseDatabase(address);
            Roster.Alert.AddTo(options);
            ApiToken.AddTo(options);
            Hosting.BreakGlass.AddTo(options);
            SecretNote.AddTo(options);
        });
        await store.ApplySchemaAsync(Ct);
        await using var session = store.LightweightSession(new DistrictId(1));
        session.Outbox.Publish("mail.send", "given up", new { To = "ana" });
        session.Events.StartStream<Roster.Alert>(
            Guid.CreateVersion7(), new AlertEvent.Raised(AlertKind.SourceStale, "sis", null, DateTimeOffset.UtcNow));
        session.Events.StartStream<ApiToken>(Guid.CreateVersion7(), MutationSample.SomeToken("hash"));
        session.Events.StartStream<Hosting.BreakGlass>(Guid.CreateVersion7(), MutationSample.SomeBreakGlass());
        await session.SaveChangesAsync(Ct);
        await using var match = store.OwnerDataSource.CreateCommand(
            $"{SomeMatches.Sql}; {SomeAccount.Sql}; {SecretNote.Sql}");
        await match.ExecuteNonQueryAsync(Ct);
        await using var giveUp = store.OwnerDataSource.CreateCommand(
            "update es.outbox set dead_at = now(), attempts = 8, error = 'unreachable'");
        await giveUp.ExecuteNonQueryAsync(Ct);
        await using var hub = new FaultyHub(address, folders);
        await hub.HaveThingsAsync();
        await hub.StoredAsync();
        Prepared[folders.Data] = new(hub.There, hub.stored);
    }

    private static async Task RosterAsync(string address, Folders folders, string verb, string package)
    {
        using var done = HubProcess.Start(
            ["roster", verb, package, "--data", folders.Data],
            ("K12HUB__Database__ConnectionString", TestDatabase.ApplicationOf(address)),
            ("K12HUB__Database__OwnerConnectionString", address));
        await done.EndAsync();
        Assert.True(done.ExitCode == 0, done.Errors);
    }

    /// <summary>Has something of all that mutations are about.</summary>
    private async Task HaveThingsAsync()
    {
        var found = JsonElement.Parse(await AnswerAsync(Ask, null)).GetProperty("data");
        string[] students = [.. IdsOf(found, "students")];
        There.Student = students[0];
        There.OtherStudent = students[1];
        There.HeldRun = IdOf(found, "syncRuns", "status", "held");
        There.AppliedRun = IdOf(found, "syncRuns", "status", "applied");
        There.SuggestedMatch = IdOf(found, "matches", "state", "suggested");
        There.LinkedMatch = IdOf(found, "matches", "state", "linked");
        There.DeadLetter = IdsOf(found, "outboxMessages").First();
        There.Token = IdsOf(found, "tokens").First();
        There.BreakGlass = IdsOf(found, "breakGlassUses").First();
        There.Alert = IdsOf(found, "alerts").First();
        There.Override = await MadeAsync(
            MutationSample.Overriding(There.Student, "SMS"), "overrideField", "override");
        There.Grant = await MadeAsync(MutationSample.Granting, "grantRole", "grant");
        There.Link = await MadeAsync(MutationSample.Linking(There.Student), "linkAccountToPerson", "accountLink");
        There.Area = await MadeAsync(MutationSample.Describing("meals"), "describeArea", "area");
        There.Hold = await MadeAsync(MutationSample.Holding(There.Student, "case 9"), "placeHold", "legalHold");
        There.Erasure = await AskedAsync(NodeId.Decode<Guid>("Student", students[2]));
        await AnswerAsync(MutationSample.OfDirectory("optOut", There.Student, "EMAIL").Document, null);
        await ScheduleAsync();
        await AmendAsync();
        await AssignAsync();
        await OpenPrivateAsync();
    }

    private static IEnumerable<string> IdsOf(JsonElement found, string list) =>
        found.GetProperty(list).GetProperty("nodes").EnumerateArray().Select(IdOf);

    private static string IdOf(JsonElement found, string list, string field, string value) =>
        found.GetProperty(list).GetProperty("nodes").EnumerateArray()
            .Where(node => node.GetProperty(field).GetString() == value).Select(IdOf).First();

    private static string IdOf(JsonElement node) => node.GetProperty("id").GetString()!;

    /// <summary>Has somebody else ask that a person be erased.</summary>
    private async Task<string> AskedAsync(Guid person)
    {
        await using var session = services.GetRequiredService<DocumentStore>().LightweightSession(new(1));
        session.Events.StartStream<ErasureRequest>(
            ErasureRequest.IdOf(person), MutationSample.SomeErasure(person));
        await session.SaveChangesAsync(Ct);
        return NodeId.Encode("Erasure", ErasureRequest.IdOf(person))!;
    }

    private async Task OpenPrivateAsync()
    {
        await using var session = services.GetRequiredService<DocumentStore>().LightweightSession(new(1));
        var (id, before) = (Guid.CreateVersion7(), DateTimeOffset.UtcNow.AddHours(-5));
        session.Events.StartStream<Hosting.BreakGlass>(
            id, MutationSample.SomeBreakGlass(), new BreakGlassEvent.Approved("silva", before, before.AddHours(4)));
        await session.SaveChangesAsync(Ct);
        There.OpenedBreakGlass = NodeId.Encode("BreakGlass", id)!;
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
        There.Amendment = await MadeAsync(
            MutationSample.Amending(There.Student, "Name"), "requestAmendment", "amendment");
        var other = await MadeAsync(MutationSample.Amending(There.Student, "Phone"), "requestAmendment", "amendment");
        There.DeclinedAmendment = await MadeAsync(
            $"mutation {{ declineAmendment(input: {{ id: \"{other}\", reason: \"It rings.\" }}) "
            + "{ amendment { id } errors { code } } }",
            "declineAmendment", "amendment");
    }

    private async Task<string> MadeAsync(string document, string mutation, string made)
    {
        var answer = JsonElement.Parse(await AnswerAsync(document, mutation));
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return answer.GetProperty("data").GetProperty(mutation).GetProperty(made).GetProperty("id").GetString()!;
    }

    /// <summary>What is known of the database that was made.</summary>
    private sealed record Preparation(ThingsThere There, StoredTables Stored);
}
