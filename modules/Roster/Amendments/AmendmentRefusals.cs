using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Why nothing happens to a request to amend a record.</summary>
internal static class AmendmentRefusals
{
    /// <summary>What a family is told when its request is declined (34 CFR 99.20(c), 99.21(b)).</summary>
    public const string Rights =
        "You have the right to a hearing about this: ask the school or the district for one. Whatever comes of it, you "
        + "may place a statement with the record (addAmendmentStatement). It is kept as long as the record, and goes "
        + "wherever the record goes.";

    public const int MostOpen = 20;

    public static readonly Refusal NotFound = Refusal.NotFound("amendment");

    public static readonly Refusal NoStudent = Refusal.NotFound("student");

    public static readonly Refusal Text = new(
        "amendment.text", "Say which part of the record is wrong, and why, each in 1 to 2,000 characters.");

    public static readonly Refusal Reason = new(
        "amendment.reason", "Say why it is declined, in 1 to 2,000 characters; the family reads it.");

    public static readonly Refusal Statement = new(
        "amendment.statement", "Write the statement in 1 to 10,000 characters.");

    public static readonly Refusal TooMany = new(
        "amendment.too_many", "There are 20 open requests about this student. Wait until one of them is decided.");

    public static readonly Refusal Accepted = new(
        "amendment.accepted", "This was accepted already, and the family relies on it.");

    public static readonly Refusal Declined = new(
        "amendment.declined", "This was declined for another reason already.");

    public static readonly Refusal NotDeclined = new(
        "amendment.not_declined", "A statement is for a request that was declined.");
}
