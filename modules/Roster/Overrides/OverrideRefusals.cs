using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Why a field cannot be overridden.</summary>
internal static class OverrideRefusals
{
    public static readonly Refusal NoReason = new(
        "override.reason", "Say why, in 1 to 500 characters: the owners of the source are told.");

    public static readonly Refusal Until = new(
        "override.until", "Say until when, at most two years from now: by then the source should be right.");

    public static readonly Refusal NoEmail = new("override.email", "This is no e-mail address.");

    public static readonly Refusal NoLanguage = new(
        "override.language", "This is no language. Write it as es, spa or zh-Hant.");

    public static readonly Refusal NoSchool = new(
        "override.school", "There is no such school in this district. Give the id of one as the value.");

    public static readonly Refusal TooLong = new(
        "override.value", "A value has 1 to 200 characters; leave it out for none.");

    public static readonly Refusal NoPerson = Refusal.NotFound("person");

    public static readonly Refusal NotFound = Refusal.NotFound("override");
}
