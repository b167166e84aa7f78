using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Ids of one source's records. References repeat (thousands of enrollments name one school), so the latest
/// ones are remembered; memory stays the same however many records there are.</summary>
/// <param name="source">Key of the source within the district.</param>
internal sealed class RosterIds(string source)
{
    private readonly Remembered orgs = new(source, RosterCollections.Orgs, 1 << 10);
    private readonly Remembered sessions = new(source, RosterCollections.AcademicSessions, 1 << 8);
    private readonly Remembered courses = new(source, RosterCollections.Courses, 1 << 12);
    private readonly Remembered classes = new(source, RosterCollections.Classes, 1 << 14);
    private readonly Remembered users = new(source, RosterCollections.Users, 1 << 18);

    public Guid Org(string sourcedId) => orgs.Of(sourcedId);

    public Guid? OrgOrNone(string? sourcedId) => sourcedId is null ? null : orgs.Of(sourcedId);

    public Guid Session(string sourcedId) => sessions.Of(sourcedId);

    public Guid? SessionOrNone(string? sourcedId) => sourcedId is null ? null : sessions.Of(sourcedId);

    public Guid? CourseOrNone(string? sourcedId) => sourcedId is null ? null : courses.Of(sourcedId);

    public Guid Class(string sourcedId) => classes.Of(sourcedId);

    public Guid User(string sourcedId) => users.Of(sourcedId);

    /// <summary>The id of a role, which nothing but its person names.</summary>
    public Guid Role(string sourcedId) => Of(RosterCollections.Roles, sourcedId);

    /// <summary>The id of a record that is seen once: nothing is remembered.</summary>
    public Guid Of(string collection, string sourcedId) => RosterId.Of(source, collection, sourcedId);

    /// <summary>A table with one place per slot: a newcomer takes the place of who was there.</summary>
    private sealed class Remembered(string source, string collection, int slots)
    {
        private readonly (string? SourcedId, Guid Id)[] places = new (string?, Guid)[slots];

        public Guid Of(string sourcedId)
        {
            ref var place = ref places[sourcedId.GetHashCode(StringComparison.Ordinal) & (slots - 1)];
            if (!string.Equals(place.SourcedId, sourcedId, StringComparison.Ordinal))
            {
                place = (sourcedId, RosterId.Of(source, collection, sourcedId));
            }

            return place.Id;
        }
    }
}
