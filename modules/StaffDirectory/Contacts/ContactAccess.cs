using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Who may ask what about contacts: pure.</summary>
internal static class ContactAccess
{
    public static readonly Refusal Audience = new(
        "contacts.audience", "audience names whom staff asks, which you cannot see. Leave it out, or write FAMILY.");

    public static readonly Refusal Day = new(
        "contacts.day",
        "on is another day than today, which only those may ask about who see assignments of the whole district. "
        + "Leave it out.");

    /// <summary>Why somebody is not answered; null for nothing. Whoever could ask about any day would learn since when
    /// somebody is there, and until when.</summary>
    public static Refusal? WhyNot(Viewer viewer, ContactKey asked, DateOnly today)
    {
        if (asked.Audience is ContactAudience.Staff && !viewer.May(DirectoryPermissions.ReadChains)) return Audience;

        return asked.On != today && !viewer.ReachOf(DirectoryPermissions.ReadAssignments).IsDistrict ? Day : null;
    }
}
