using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Why absences stay as they are.</summary>
internal static class AbsenceRefusals
{
    public const int MostDays = 366;

    public static readonly Refusal LastDay = new Refusal(
        "absence.last_day",
        "The last day comes before the first one, or more than 366 days after it. Give a last day from the first one "
        + "on; whoever is away for longer has an assignment that ends.").At("lastDay");

    public static readonly Refusal Overlaps = new Refusal(
        "absence.overlaps",
        "The person is away on some of these days already. Move the last day of that absence, or choose days before or "
        + "after it.").At("firstDay");

    public static readonly Refusal OwnDeputy = new Refusal(
        "absence.own_deputy", "deputyId is the person who is away. Name somebody else, or nobody.").At("deputyId");

    public static readonly Refusal Loop = new Refusal(
        "absence.loop",
        "On one of these days everybody who would stand in is away, and the last of them is to be stood in for by the "
        + "first. Name somebody else, or nobody.").At("deputyId");

    public static readonly Refusal NotFound = Refusal.NotFound("absence");
}
