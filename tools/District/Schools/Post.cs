using K12Hub.District.People;

namespace K12Hub.District.Schools;

/// <summary>A job that somebody holds until somebody else does.</summary>
/// <param name="Seed">The seed of the school or office.</param>
/// <param name="Key">Unique in the district.</param>
/// <param name="Code">Unique in the school.</param>
/// <param name="Title">Job title.</param>
/// <param name="Roles">What its holder is, and where.</param>
internal sealed record Post(Seed Seed, string Key, string Code, string Title, params PersonRole[] Roles)
{
    // One post in this many changes hands on any day.
    private const int DaysBetweenHolders = 800;

    /// <summary>Code of a teacher's post.</summary>
    public static string Teacher(string subject, int number) => $"T-{subject}-{number + 1:00}";

    public StaffMember HolderOn(int day)
    {
        var changes = Timeline.Days(Seed.For(Key), DaysBetweenHolders, 0, day);
        return new(this, changes.Count, changes.Count == 0 ? 0 : changes[^1]);
    }
}
