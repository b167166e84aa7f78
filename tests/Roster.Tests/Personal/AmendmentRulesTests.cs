using K12Hub.Hosting;

namespace K12Hub.Roster.Tests;

/// <summary>What may happen to a request to amend a record, without a database.</summary>
public sealed class AmendmentRulesTests
{
    private static readonly Guid Mia = RosterId.Of("sis", "users", "mia");
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    private static readonly AmendmentEvent Asked = new AmendmentEvent.Requested(
        Mia, "Address", "We moved.", new(2027, 1, 14), "ana", Now);

    private static readonly AmendmentEvent No = new AmendmentEvent.Declined(Mia, "It is right.", "okafor", Now);

    private static readonly AmendmentEvent Yes = new AmendmentEvent.Accepted("okafor", Now);

    [Theory]
    [InlineData("", "We moved.")]
    [InlineData("Address", "  ")]
    public void A_request_says_what_and_why(string what, string why) => Assert.Equal(
        AmendmentRefusals.Text, AmendmentRules.Request(Mia, what, why, default, "ana", Now).Refusal);

    [Fact]
    public void A_request_is_not_longer_than_somebody_reads() => Assert.Equal(
        AmendmentRefusals.Text,
        AmendmentRules.Request(Mia, "Address", new string('x', 2_001), default, "ana", Now).Refusal);

    [Fact]
    public void What_was_declined_may_be_accepted_after_a_hearing()
    {
        Assert.Equal([Yes], AmendmentRules.Accept(Given(Asked, No), "okafor", Now).Events);
        Assert.Equal(Amendment.IsAccepted, Given(Asked, No, Yes).State);
    }

    [Fact]
    public void What_was_accepted_is_not_declined() =>
        Assert.Equal(AmendmentRefusals.Accepted, Decline(Given(Asked, Yes), "It is right.").Refusal);

    [Fact]
    public void What_was_declined_is_not_declined_for_another_reason()
    {
        Assert.Empty(Decline(Given(Asked, No), " It is right. ").Events);
        Assert.Null(Decline(Given(Asked, No), " It is right. ").Refusal);
        Assert.Equal(AmendmentRefusals.Declined, Decline(Given(Asked, No), "Too late.").Refusal);
    }

    [Fact]
    public void A_family_is_told_why()
    {
        Assert.Equal(AmendmentRefusals.Reason, Decline(Given(Asked), " ").Refusal);
        Assert.Equal([No], Decline(Given(Asked), "It is right.").Events);
    }

    [Fact]
    public void A_statement_is_for_what_was_declined()
    {
        Assert.Equal(AmendmentRefusals.NotDeclined, Add(Given(Asked)).Refusal);
        Assert.Equal(AmendmentRefusals.NotDeclined, Add(Given(Asked, Yes)).Refusal);
        var said = Assert.Single(Add(Given(Asked, No)).Events);
        Assert.Empty(Add(Given(Asked, No, said)).Events);
        Assert.Equal("It is not.", Given(Asked, No, said).Statement!.Statement);
    }

    [Fact]
    public void Nothing_happens_to_what_nobody_asked_for()
    {
        Assert.Equal(AmendmentRefusals.NotFound, AmendmentRules.Accept(Given(), "okafor", Now).Refusal);
        Assert.Equal(AmendmentRefusals.NotFound, Decline(Given(), "It is right.").Refusal);
        Assert.Equal(AmendmentRefusals.NotFound, Add(Given()).Refusal);
    }

    private static Amendment Given(params AmendmentEvent[] happened) =>
        happened.Aggregate(new Amendment(Guid.Empty), Amendment.Evolve);

    private static Decision<AmendmentEvent> Decline(Amendment amendment, string reason) =>
        AmendmentRules.Decline(amendment, reason, "okafor", Now);

    private static Decision<AmendmentEvent> Add(Amendment amendment) =>
        AmendmentRules.AddStatement(amendment, "It is not.", "ana", Now);
}
