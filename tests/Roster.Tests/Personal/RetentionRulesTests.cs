using K12Hub.Hosting;

namespace K12Hub.Roster.Tests;

/// <summary>What may happen to a schedule, without a database.</summary>
public sealed class RetentionRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private static readonly RetentionEvent Seven =
        new RetentionEvent.Proposed("students", "P7Y", "State rule 12", "reyes", Now);

    private static readonly RetentionEvent Yes = new RetentionEvent.Approved("okafor", Now);

    [Theory]
    [InlineData("P7Y", "P7Y")]
    [InlineData(" P1Y6M ", "P1Y6M")]
    [InlineData("P30D", "P30D")]
    [InlineData("P0Y45D", "P45D")]
    [InlineData("P100Y", "P100Y")]
    public void A_time_is_written_as_iso_has_it(string text, string kept) =>
        Assert.Equal(kept, KeepFor.Read(text)?.ToString());

    [Theory]
    [InlineData("P29D")]
    [InlineData("P101Y")]
    [InlineData("P")]
    [InlineData("7Y")]
    [InlineData("P7Y'; drop")]
    [InlineData("P7W")]
    [InlineData("PT900H")]
    [InlineData("P-7Y")]
    [InlineData("P99999Y99999M99999D")]
    public void What_is_no_time_or_out_of_range_is_none(string text) => Assert.Null(KeepFor.Read(text));

    [Fact]
    public void Access_records_have_no_schedule_of_their_own() => Assert.Equal(
        RetentionRefusals.WithRecords,
        RetentionRules.Set(Given(), RetentionKind.AccessRecords, "P7Y", "Rule", "reyes", Now).Refusal);

    [Fact]
    public void A_schedule_names_a_time_and_a_basis()
    {
        Assert.Equal(RetentionRefusals.KeepFor, Set(Given(), "P1D").Refusal);
        Assert.Equal(RetentionRefusals.Basis, Set(Given(), "P7Y", " ").Refusal);
        Assert.Equal(RetentionRefusals.Basis, Set(Given(), "P7Y", new string('x', 201)).Refusal);
        Assert.Equal([Seven], Set(Given(), "P7Y").Events);
        Assert.Empty(Set(Given(Seven), "P7Y").Events);
        Assert.Empty(Set(Given(Seven, Yes), "P7Y").Events);
    }

    [Fact]
    public void It_is_in_force_when_somebody_else_approves_what_waits()
    {
        Assert.Equal(RetentionRefusals.None, Approve(Given(), "P7Y").Refusal);
        Assert.Equal(RetentionRefusals.SamePerson, Approve(Given(Seven), "P7Y", isSecond: false).Refusal);
        Assert.Equal(RetentionRefusals.Changed, Approve(Given(Seven), "P6Y").Refusal);
        Assert.Equal([Yes], Approve(Given(Seven), "P7Y").Events);
        Assert.Null(Given(Seven).InForce);
        Assert.Equal(Seven, Given(Seven, Yes).InForce);
        Assert.Empty(Approve(Given(Seven, Yes), "P7Y", isSecond: false).Events);
    }

    [Fact]
    public void What_is_declined_leaves_in_force_what_was()
    {
        var shorter = Set(Given(Seven, Yes), "P1Y").Events[0];
        var declined = RetentionRules.Decline(Given(Seven, Yes, shorter), "okafor", Now).Events[0];

        Assert.Equal(Seven, Given(Seven, Yes, shorter, declined).InForce);
        Assert.Empty(RetentionRules.Decline(Given(Seven, Yes, shorter, declined), "okafor", Now).Events);
    }

    [Fact]
    public void Who_ends_it_needs_nobody_else()
    {
        var ended = RetentionRules.End(Given(Seven, Yes), "reyes", Now).Events[0];

        Assert.Null(Given(Seven, Yes, ended).InForce);
        Assert.Empty(RetentionRules.End(Given(Seven, Yes, ended), "reyes", Now).Events);
    }

    private static RetentionSchedule Given(params RetentionEvent[] happened) =>
        happened.Aggregate(new RetentionSchedule(Guid.Empty), RetentionSchedule.Evolve);

    private static Decision<RetentionEvent> Set(
        RetentionSchedule schedule, string keepFor, string basis = "State rule 12") =>
        RetentionRules.Set(schedule, RetentionKind.Students, keepFor, basis, "reyes", Now);

    private static Decision<RetentionEvent> Approve(
        RetentionSchedule schedule, string keepFor, bool isSecond = true) =>
        RetentionRules.Approve(schedule, keepFor, isSecond, "okafor", Now);
}
