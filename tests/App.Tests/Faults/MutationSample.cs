using System.Globalization;
using K12Hub.Accounts;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App.Tests.Faults;

/// <summary>A mutation of the product as a test asks for it.</summary>
/// <param name="Document">What is asked.</param>
/// <param name="WhenDone">The code of the refusal when it was done before; null when it answers as the first
/// time.</param>
internal sealed record MutationSample(string Document, string? WhenDone = null)
{
    /// <summary>One for each mutation, over what there is in a <see cref="FaultyHub"/>: somebody who adds one says here
    /// how it is asked for, or <see cref="FailingCallsTests"/> fails.</summary>
    /// <param name="there">What there is to ask about.</param>
    public static Dictionary<string, MutationSample> Over(ThingsThere there) => new(
        SomePositions.Over(there).Select(one => KeyValuePair.Create(one.Name, one.Sample)), StringComparer.Ordinal)
    {
        ["applySyncRun"] = OfRun("applySyncRun", $"id: \"{there.HeldRun}\""),
        ["rejectSyncRun"] = OfRun("rejectSyncRun", $"id: \"{there.HeldRun}\", reason: \"Wrong file.\""),
        ["rollBackSyncRun"] = OfRun("rollBackSyncRun", $"id: \"{there.AppliedRun}\""),
        ["importSupplement"] = new(
            """
            mutation {
              importSupplement(input: { source: "sis", content: "sourcedId,exitReason\nSTU-000000-1,moved\n" }) {
                syncRun { status counts { collection added } } errors { code }
              }
            }
            """),
        ["mapSupplement"] = new(
            """
            mutation {
              mapSupplement(input: { source: "sis", columns: [{ column: "Why", field: "exitReason" }] }) {
                supplementMapping { version } errors { code }
              }
            }
            """),
        ["uploadRoster"] = new(
            """
            mutation($file: Upload!) {
              uploadRoster(input: { source: "sis", file: $file }) { rosterUpload { source checksum } errors { code } }
            }
            """),
        ["importSource"] = new(
            """
            mutation { importSource(input: { name: "hr" }) { rosterSource { name } errors { code } } }
            """),
        ["confirmMatch"] = OfMatch("confirmMatch", there.SuggestedMatch),
        ["rejectMatch"] = OfMatch("rejectMatch", there.SuggestedMatch),
        ["undoMatch"] = OfMatch("undoMatch", there.LinkedMatch),
        ["overrideField"] = new(Overriding(there.Student, "PHONE")),
        ["endOverride"] = new(
            $$"""
            mutation {
              endOverride(input: { id: "{{there.Override}}" }) { override { field endedBy } errors { code } }
            }
            """),
        ["acknowledgeAlert"] = new(
            $$"""
            mutation {
              acknowledgeAlert(input: { id: "{{there.Alert}}" }) { alert { kind source } errors { code } }
            }
            """),
        ["createToken"] = new(
            $$"""
            mutation {
              createToken(input: { name: "SIS", permissions: ["outbox.read"], expiresAt: "{{InAMonth()}}" }) {
                givenToken { token { name permissions } } errors { code }
              }
            }
            """,
            WhenDone: "token.name_taken"),
        ["revokeToken"] = new(
            $$"""
            mutation {
              revokeToken(input: { id: "{{there.Token}}" }) { apiToken { name permissions } errors { code } }
            }
            """),
        ["grantRole"] = new(Granting),
        ["endGrant"] = new(
            $$"""
            mutation {
              endGrant(input: { id: "{{there.Grant}}", reason: "Left." }) {
                grant { role endReason } errors { code }
              }
            }
            """),
        ["describeArea"] = new(Describing("buses")),
        ["retireArea"] = new(
            $$"""
            mutation { retireArea(input: { id: "{{there.Area}}" }) { area { key isRetired } errors { code } } }
            """),
        ["placeHold"] = new(Holding(there.Student, "case 12")),
        ["releaseHold"] = new(
            $$"""
            mutation {
              releaseHold(input: { id: "{{there.Hold}}", reason: "Settled." }) {
                legalHold { releasedBy } errors { code }
              }
            }
            """),
        ["setDirectoryInformation"] = new(
            """
            mutation {
              setDirectoryInformation(input: { categories: [NAME], noticeDate: "2026-08-20", limitedTo: ["PTA"] }) {
                directoryInformation { categories noticeDate limitedTo } errors { code }
              }
            }
            """),
        ["optOut"] = OfDirectory("optOut", there.OtherStudent, "NAME"),
        ["withdrawOptOut"] = OfDirectory("withdrawOptOut", there.Student, "EMAIL"),
        ["setDirectoryConsent"] = OfDirectory("setDirectoryConsent", there.OtherStudent, "NAME", "isNeeded: true,"),
        ["requestErasure"] = new(Erasing(there.OtherStudent)),
        ["approveErasure"] = OfErasure("approveErasure", there.Erasure),
        ["declineErasure"] = OfErasure("declineErasure", there.Erasure),
        ["requestAmendment"] = new(Amending(there.Student, "Address")),
        ["acceptAmendment"] = OfAmendment("acceptAmendment", $"id: \"{there.Amendment}\""),
        ["declineAmendment"] = OfAmendment("declineAmendment", $"id: \"{there.Amendment}\", reason: \"It is right.\""),
        ["addAmendmentStatement"] = OfAmendment(
            "addAmendmentStatement", $"id: \"{there.DeclinedAmendment}\", statement: \"It is not.\""),
        ["recordDisclosure"] = new(
            $$"""
            mutation {
              recordDisclosure(input: {
                studentIds: ["{{there.Student}}"], records: [MARKS], party: "A college", interest: "Admission",
                basis: CONSENT, means: PAPER, madeOn: "2026-09-01"
              }) { recordedDisclosure { madeOn } errors { code } }
            }
            """),
        ["setRetention"] = OfRetention("setRetention", "kind: STUDENTS, keepFor: \"P7Y\", basis: \"Rule\""),
        ["approveRetention"] = OfRetention("approveRetention", "kind: STAFF, keepFor: \"P7Y\""),
        ["declineRetention"] = OfRetention("declineRetention", "kind: STAFF"),
        ["endRetention"] = OfRetention("endRetention", "kind: GUARDIANS"),
        ["linkAccountToPerson"] = new(Linking(there.Student)),
        ["unlinkAccount"] = new(
            $$"""
            mutation {
              unlinkAccount(input: { id: "{{there.Link}}" }) { accountLink { accountId } errors { code } }
            }
            """),
        ["requestBreakGlass"] = new(
            $$"""
            mutation {
              requestBreakGlass(input: { object: "{{SecretNote.Id}}", reason: "Fire." }) {
                askedBreakGlass { __typename } errors { code }
              }
            }
            """,
            WhenDone: "breakGlass.asked"),
        ["approveBreakGlass"] = new(
            $$"""
            mutation {
              approveBreakGlass(input: { id: "{{there.BreakGlass}}" }) { breakGlass { reason } errors { code } }
            }
            """),
        ["acknowledgeBreakGlass"] = new(
            $$"""
            mutation {
              acknowledgeBreakGlass(input: { id: "{{there.OpenedBreakGlass}}" }) {
                breakGlass { seenBy } errors { code }
              }
            }
            """),
        ["retryOutboxMessage"] = OfMessage("retryOutboxMessage", there),
        ["discardOutboxMessage"] = OfMessage("discardOutboxMessage", there),
    };

    /// <summary>Somebody asks to see something private.</summary>
    public static object SomeBreakGlass() => new BreakGlassEvent.Requested(
        "Note", Guid.CreateVersion7(), Guid.CreateVersion7(), "okafor", "Fire.", 4, DateTimeOffset.UtcNow);

    /// <summary>A token as it is given out.</summary>
    public static object SomeToken(string hash) => new ApiTokenEvent.Created(
        $"Attendance {hash}", hash, ["outbox.read"], DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(30));

    /// <summary>Gives somebody a role.</summary>
    public static string Granting =>
        $$"""
        mutation {
          grantRole(input: {
            accountId: "{{SomeAccount.Id}}", role: "auditor", reason: "Audits this year."
          }) { grant { id role } errors { code } }
        }
        """;

    /// <summary>Holds what is known of a student.</summary>
    public static string Holding(string student, string reason) =>
        $$"""
        mutation {
          placeHold(input: { personId: "{{student}}", reason: "{{reason}}" }) {
            legalHold { id reason } errors { code }
          }
        }
        """;

    /// <summary>Says what the district helps with.</summary>
    public static string Describing(string key) =>
        $$"""
        mutation {
          describeArea(input: { key: "{{key}}", language: "en", name: "Buses", phrases: ["late bus"] }) {
            area { id key isRetired } errors { code }
          }
        }
        """;

    /// <summary>Asks that a student be erased.</summary>
    public static string Erasing(string student) =>
        $$"""
        mutation {
          requestErasure(input: { personId: "{{student}}", reason: "request 17" }) {
            erasure { id state } errors { code }
          }
        }
        """;

    /// <summary>Asks that a student's record be amended.</summary>
    public static string Amending(string student, string what) =>
        $$"""
        mutation {
          requestAmendment(input: { studentId: "{{student}}", what: "{{what}}", why: "We moved." }) {
            amendment { id state what } errors { code }
          }
        }
        """;

    /// <summary>A request of somebody else.</summary>
    public static object SomeErasure(Guid person) =>
        new ErasureEvent.Requested(person, [person], "request 18", "okafor", DateTimeOffset.UtcNow);

    /// <summary>Says that an account is a student's.</summary>
    public static string Linking(string student) =>
        $$"""
        mutation {
          linkAccountToPerson(input: {
            accountId: "{{SomeAccount.Id}}",
            personId: "{{NodeId.Encode("Person", NodeId.Decode<Guid>("Student", student))}}"
          }) { accountLink { id accountId } errors { code } }
        }
        """;

    /// <summary>Says otherwise than the source of a student.</summary>
    public static string Overriding(string student, string field)
    {
        var until = InAMonth();
        return $$"""
            mutation {
              overrideField(input: {
                personId: "{{student}}", field: {{field}}, value: "555-0777", reason: "It rings.",
                until: "{{until}}"
              }) { override { id field value } errors { code } }
            }
            """;
    }

    /// <summary>What a family says of directory information.</summary>
    public static MutationSample OfDirectory(string name, string student, string category, string more = "") => new(
        $$"""
        mutation {
          {{name}}(input: {
            studentId: "{{student}}", {{more}} categories: [{{category}}], since: "2026-09-01", by: "mother"
          }) { directoryChoice { needsConsent consentedTo optOuts { category by } } errors { code } }
        }
        """);

    private static string InAMonth() => DateTimeOffset.UtcNow.Date.AddDays(30)
        .ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);

    private static MutationSample OfErasure(string name, string erasure) => new(
        $"mutation {{ {name}(input: {{ id: \"{erasure}\" }}) "
        + "{ erasure { id state decidedBy } errors { code } } }");

    private static MutationSample OfRetention(string name, string input) => new(
        $"mutation {{ {name}(input: {{ {input} }}) "
        + "{ retentionSchedule { kind keepFor approvedBy proposedKeepFor } errors { code } } }");

    private static MutationSample OfAmendment(string name, string input) => new(
        $"mutation {{ {name}(input: {{ {input} }}) "
        + "{ amendment { id state reason statement rights } errors { code } } }");

    private static MutationSample OfMatch(string name, string match) => new(
        $"mutation {{ {name}(input: {{ id: \"{match}\" }}) {{ match {{ id state decidedBy }} errors {{ code }} }} }}");

    private static MutationSample OfRun(string name, string input) => new(
        $$"""
        mutation {
          {{name}}(input: { {{input}} }) { syncRun { id status decisions { status reason } } errors { code } }
        }
        """);

    private static MutationSample OfMessage(string name, ThingsThere there) => new(
        $$"""
        mutation {
          {{name}}(input: { id: "{{there.DeadLetter}}" }) { outboxMessage { id state attempts } errors { code } }
        }
        """,
        WhenDone: "outbox.not_dead");
}
