using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Why nobody is held or erased.</summary>
internal static class PrivacyRefusals
{
    public const int LongestReason = 500;

    public static readonly Refusal HoldReason = new(
        "hold.reason", "Say why, in 1 to 500 characters, for instance the number of the case.");

    public static readonly Refusal NoHold = Refusal.NotFound("hold");

    public static readonly Refusal NoPerson = Refusal.NotFound("person");

    public static readonly Refusal ErasureReason = new(
        "erasure.reason", "Say why, in 1 to 500 characters, for instance the number of the request; never a name.");

    public static readonly Refusal NoErasure = Refusal.NotFound("erasure");

    public static readonly Refusal Held = new(
        "erasure.held", "There is a hold on this person: nothing may be erased until it is released.");

    public static readonly Refusal OpenRequest = new(
        "erasure.open_request",
        "A request to amend this person's record waits: nothing may be erased until it is decided.");

    public static readonly Refusal SamePerson = new(
        "erasure.same_person", "Somebody else than who requested it has to approve.");

    public static readonly Refusal Declined = new(
        "erasure.declined", "This was declined. Request it anew if it is to be erased after all.");

    public static readonly Refusal NotWaiting = new(
        "erasure.not_waiting", "This was approved already and cannot be declined any more.");
}
