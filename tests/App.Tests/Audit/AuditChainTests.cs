using System.Text.Json;
using K12Hub.App.Tests.Tenancy;
using K12Hub.GraphQL.Types;

namespace K12Hub.App.Tests.Audit;

/// <summary>The trail as those see it who look after it: whether it is whole, and what it warns of.</summary>
public sealed class AuditChainTests(AuditedDistrict district) : IClassFixture<AuditedDistrict>
{
    // Objects that tell nothing of a student. Think twice before you add one: what it tells is not written down.
    private static readonly string[] OfNoStudent =
    [
        "Absence", "AcademicSession", "Account", "Alert", "AlertRaisedEvent", "ApiToken", "Area", "AreaContact",
        "AreaText", "AskedBreakGlass", "Assignment", "BreakGlass", "Class", "ClassAsOf", "ConflictError",
        "ConflictingChange", "ContactChain", "ContactStep", "Course", "DirectoryInformation", "Disclosure",
        "ErasureCount", "GivenToken", "Grant", "HelpAnswer", "Job", "MappedColumn", "MappedWord", "MovementCount",
        "MutationError", "ObjectReader", "Organization", "OrganizationAsOf", "Origin", "OutboxMessage", "Position",
        "PositionTitle", "Projection", "ProjectionFailure", "ProjectionRebuild", "QualityFinding", "QualityReport",
        "QualityRule", "RecordedDisclosure", "RetentionPreview", "RetentionSchedule", "RoleAsOf", "RosterAsOf",
        "RosterSource", "RosterUpload", "School", "StaffMember", "SupplementMapping", "SupplementPreview",
        "SupplementPreviewCell", "SupplementPreviewFinding", "SyncChange", "SyncCount", "SyncDecision",
        "SyncProgress", "SyncRun", "SyncRunEvent",
    ];

    private static CancellationToken Ct => HubProcess.Ct;

    [Fact]
    public async Task Of_every_type_somebody_has_said_whether_it_tells_something_of_a_student()
    {
        await using var both = await TwoDistricts.OpenAsync();
        var undecided = both.Schema.Types.OfType<ObjectType>()
            .Where(type => type.RuntimeType is { } row && row.Namespace!.StartsWith("K12Hub", StringComparison.Ordinal))
            .Where(type => !both.Watched.Contains(type.RuntimeType!) && !OfNoStudent.Contains(type.Name))
            .Select(type => type.Name);

        Assert.Empty(undecided);
    }

    [Fact]
    public async Task A_record_that_was_changed_by_hand_is_named()
    {
        for (var i = 0; i < 3; i++) await district.Hub.AskAsync("{ students(first: 2) { nodes { grade } } }");
        var last = await district.EndAsync();
        var whole = await VerifyAsync();

        await district.ExecuteAsync(
            "alter table es.audit_records disable trigger all; "
            + $"update es.audit_records set actor = 'somebody' where number = {last - 1}");
        try
        {
            var (code, broken) = await VerifyAsync();
            Assert.Equal(
                (ExitCodes.Refused, last - 1, "record.changed"),
                (code, broken.GetProperty("brokenAt").GetInt64(), broken.GetProperty("why").GetString()));
        }
        finally
        {
            await district.ExecuteAsync(
                $"update es.audit_records set actor = '{district.Actor}' where number = {last - 1}; "
                + "alter table es.audit_records enable trigger all");
        }

        Assert.Equal((ExitCodes.Done, JsonValueKind.Null), (whole.Code, whole.Said.GetProperty("why").ValueKind));
        Assert.InRange(whole.Said.GetProperty("records").GetInt64(), last, long.MaxValue);
    }

    [Fact]
    public async Task Whoever_is_killed_before_the_record_is_on_disk_has_sent_nothing()
    {
        using var folders = new Folders();
        using var other = await HubProcess.ServeAsync(folders.Data, district.Environment);
        await using var holding = await district.HoldAsync();
        var asked = other.AskAsync("{ students(first: 5) { nodes { familyName } } }");
        await district.UntilHeldAsync(asked);

        other.Kill();
        await Assert.ThrowsAsync<HttpRequestException>(() => asked);
    }

    private async Task<(int Code, JsonElement Said)> VerifyAsync()
    {
        using var verify = HubProcess.Start(
            ["audit", "verify", "--json", "--data", district.Folders.Data], district.Environment);
        await verify.EndAsync();
        Assert.True(verify.Output.Length > 0, verify.Errors);
        using var said = JsonDocument.Parse(verify.Output);
        return (verify.ExitCode, said.RootElement.Clone());
    }
}
