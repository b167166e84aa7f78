using System.Text.Json;

namespace K12Hub.App.Tests.Faults;

/// <summary>Whatever call to the database fails while a mutation of the product is carried out: nothing is left half
/// done, and asked once more it has one effect.</summary>
/// <param name="folders">Where programs work.</param>
/// <param name="afterDone">Whether the failing call is lost on its way back, instead of on its way there.</param>
public abstract class FailingCallsTests(Folders folders, bool afterDone) : IClassFixture<Folders>
{
    private static readonly string[] Mutations =
    [
        "acceptAmendment", "acknowledgeAlert", "acknowledgeBreakGlass", "addAmendmentStatement", "applySyncRun",
        "approveBreakGlass", "approveErasure", "approveRetention", "assignPosition", "cancelAbsence", "confirmMatch",
        "createToken", "declineAmendment", "declineErasure", "declineRetention", "describeArea", "describePosition",
        "discardOutboxMessage", "endAssignment", "endGrant", "endOverride", "endRetention", "grantRole", "importSource",
        "importSupplement", "linkAccountToPerson", "mapSupplement", "moveAbsence", "optOut", "overrideField",
        "placeHold", "planAbsence", "recordDisclosure", "rejectMatch", "rejectSyncRun", "releaseHold",
        "requestAmendment", "requestBreakGlass", "requestErasure", "retireArea", "retireContactChain", "retirePosition",
        "retryOutboxMessage", "revokeToken", "rollBackSyncRun", "setContactChain", "setDirectoryConsent",
        "setDirectoryInformation", "setRetention", "undoMatch", "unlinkAccount", "uploadRoster", "withdrawOptOut",
    ];

    // All mutations begin alike and end alike, and a roster run says more than a hundred things between, most of them
    // alike too. The last three calls, where all is stored, are tried with every mutation; of the others every fifth,
    // each mutation beginning with another one, and only some of the middle of the longest. K12HUB_FAULTS=all tries
    // every one, for whoever changes how commands are carried out.
    private const int AtTheEnd = 3;
    private const int EveryNth = 5;
    private const int LongestWhole = 30;
    private const int EveryNthOfLonger = 41;

    private static readonly bool AreAllTried = Environment.GetEnvironmentVariable("K12HUB_FAULTS") == "all";

    /// <summary>Every mutation.</summary>
    public static TheoryData<string> All => new(Mutations);

    [Fact]
    public async Task Every_mutation_of_the_product_is_among_them()
    {
        await using var hub = await FaultyHub.OpenAsync(folders);

        Assert.Equal(hub.Schema.MutationType!.Fields.Select(field => field.Name).Order(), Mutations);
        Assert.Equal(Mutations, MutationSample.Over(hub.There).Keys.Order());
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task The_nth_call_fails_and_the_mutation_asked_again_has_one_effect(string mutation)
    {
        var unhurt = await UnhurtAsync(mutation);
        var failures = 0;
        var hub = await FaultyHub.OpenAsync(folders);
        for (var (nth, isCut, isAsked) = (1, true, false); isCut; nth++)
        {
            if (!IsTried(Array.IndexOf(Mutations, mutation), nth, unhurt.Said)) continue;
            if (isAsked && nth > unhurt.Said - AtTheEnd)
            {
                // One that was asked before knows something already, and says less: its last calls have other numbers.
                await hub.DisposeAsync();
                hub = await FaultyHub.OpenAsync(folders);
            }

            (var isDone, isCut) = await FailAsync(hub, mutation, nth, unhurt);
            (failures, isAsked) = (failures + (isCut ? 1 : 0), true);
            if (!isDone || !isCut) continue;

            // The next one needs something that is still to be done.
            await hub.DisposeAsync();
            (hub, isAsked) = (await FaultyHub.OpenAsync(folders), false);
        }

        await hub.DisposeAsync();
        Assert.NotEqual(0, failures);
    }

    /// <summary>Asks with a call that fails. What was not done is done by the next one that is asked, for which nothing
    /// may be in the way.</summary>
    private async Task<(bool IsDone, bool IsCut)> FailAsync(FaultyHub hub, string mutation, int nth, Unhurt unhurt)
    {
        var sample = MutationSample.Over(hub.There)[mutation];
        var (first, isCut) = await hub.AskAsync(sample.Document, nth, afterDone);
        Assert.True(first is not null || isCut, $"It failed by itself at call {nth}: {hub.Failure}");
        var left = await hub.StoredAsync();
        var isDone = left == unhurt.Done;
        Assert.True(
            isDone || (left == unhurt.Before && first is null),
            $"Call {nth} failed, the answer was {first ?? "none"}, "
            + $"and this is as it neither was\n{Different(left, unhurt.Before)}\nnor should be\n"
            + Different(left, unhurt.Done));
        Assert.Equal(first ?? unhurt.Payload, unhurt.Payload);
        if (!isDone) return (false, isCut);

        var (again, _) = await hub.AskAsync(sample.Document, null, false);
        Assert.Equal(sample.WhenDone ?? unhurt.Payload, sample.WhenDone is null ? again : CodeOf(again));
        Assert.Equal("", Different(await hub.StoredAsync(), unhurt.Done));
        return (true, isCut);
    }

    private bool IsTried(int mutation, int nth, int said)
    {
        if (AreAllTried || nth > said - AtTheEnd) return true;
        var every = said > LongestWhole ? EveryNthOfLonger : EveryNth;
        return (nth + (2 * mutation) + (afterDone ? 1 : 0)) % every == 0;
    }

    private static string Different(string stored, string done) =>
        string.Join('\n', stored.Split('\n').Except(done.Split('\n')));

    private async Task<Unhurt> UnhurtAsync(string mutation)
    {
        await using var hub = await FaultyHub.OpenAsync(folders);
        var before = await hub.StoredAsync();
        var (payload, _) = await hub.AskAsync(MutationSample.Over(hub.There)[mutation].Document, int.MaxValue, false);
        var said = hub.Said;
        Assert.Contains("\"errors\":null", payload, StringComparison.Ordinal);
        return new(payload!, said, before, await hub.StoredAsync());
    }

    private static string? CodeOf(string? payload) =>
        JsonElement.Parse(payload ?? "").GetProperty("errors")[0].GetProperty("code").GetString();

    /// <summary>What is answered, said to the database and stored when nothing fails.</summary>
    private sealed record Unhurt(string Payload, int Said, string Before, string Done);
}

/// <summary>The call never reaches the database.</summary>
public sealed class LostCallsTests(Folders folders) : FailingCallsTests(folders, afterDone: false);

/// <summary>The call is carried out, and its answer is lost.</summary>
public sealed class LostAnswersTests(Folders folders) : FailingCallsTests(folders, afterDone: true);
