using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>What may happen to a request to amend a record, as 34 CFR 99.20 to 99.22 has it: pure.</summary>
internal static class AmendmentRules
{
    public const int LongestText = 2_000;
    public const int LongestStatement = 10_000;

    public static Decision<AmendmentEvent> Request(
        Guid student, string what, string why, DateOnly dueOn, string? by, DateTimeOffset at) =>
        Isnt(what, LongestText) || Isnt(why, LongestText)
            ? AmendmentRefusals.Text
            : new AmendmentEvent.Requested(student, what.Trim(), why.Trim(), dueOn, by, at);

    /// <summary>Also what was declined: a hearing may say so.</summary>
    public static Decision<AmendmentEvent> Accept(Amendment amendment, string? by, DateTimeOffset at) =>
        amendment.State switch
        {
            "" => AmendmentRefusals.NotFound,
            Amendment.IsAccepted => Decision.Nothing,
            _ => new AmendmentEvent.Accepted(by, at),
        };

    public static Decision<AmendmentEvent> Decline(Amendment amendment, string reason, string? by, DateTimeOffset at)
    {
        if (amendment.Requested is not { } asked) return AmendmentRefusals.NotFound;
        if (Isnt(reason, LongestText)) return AmendmentRefusals.Reason;
        if (amendment.State == Amendment.IsAccepted) return AmendmentRefusals.Accepted;
        if (amendment.State == Amendment.IsDeclined)
            return amendment.Reason == reason.Trim() ? Decision.Nothing : AmendmentRefusals.Declined;

        return new AmendmentEvent.Declined(asked.Student, reason.Trim(), by, at);
    }

    /// <summary>A later one takes the place of an earlier one, which the log keeps.</summary>
    public static Decision<AmendmentEvent> AddStatement(
        Amendment amendment, string statement, string? by, DateTimeOffset at)
    {
        if (amendment.Requested is not { } asked) return AmendmentRefusals.NotFound;
        if (Isnt(statement, LongestStatement)) return AmendmentRefusals.Statement;
        if (amendment.State != Amendment.IsDeclined) return AmendmentRefusals.NotDeclined;
        if (amendment.Statement?.Statement == statement.Trim()) return Decision.Nothing;

        return new AmendmentEvent.StatementAdded(asked.Student, statement.Trim(), by, at);
    }

    private static bool Isnt(string text, int longest) =>
        string.IsNullOrWhiteSpace(text) || text.Trim().Length > longest;
}
