using K12Hub.Contracts;
using K12Hub.OneRoster.Records;
using K12Hub.OneRoster.Rest.Walking;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Rest;

/// <summary>Puts the keys that references mean in their place. A file of changes does not hold all keys: references
/// into it are left as they are.</summary>
internal sealed class References(
    Func<string, Spool> spoolOf, Func<string, CollectionMode> modeOf, IRosterFindings findings)
{
    private readonly Dictionary<string, ReferenceIndex?> indexes = [];
    private readonly Dictionary<string, (int Count, RosterRecord First, string Reference)> matched = [];

    /// <summary>Tells what was put right in a collection: once for all references that lead to the same place, since
    /// where one is written otherwise, all are.</summary>
    public void Tell(string collection)
    {
        foreach (var (to, (count, first, reference)) in matched)
        {
            findings.Add(OneRosterRules.ReferenceMatched.Broken(
                $"{count} references into {to} are written otherwise than the keys there; the only key that fits is "
                + "taken.", collection, first.Line, value: reference, sourcedId: first.SourcedId));
        }

        matched.Clear();
    }

    public OrgRecord Fix(OrgRecord org) =>
        Changed(org, RosterCollections.Orgs, org.ParentSourcedId) is { } parent
            ? org with { ParentSourcedId = parent } : org;

    public AcademicSessionRecord Fix(AcademicSessionRecord session) =>
        Changed(session, RosterCollections.AcademicSessions, session.ParentSourcedId) is { } parent
            ? session with { ParentSourcedId = parent } : session;

    public CourseRecord Fix(CourseRecord course)
    {
        if (Changed(course, RosterCollections.AcademicSessions, course.SchoolYearSourcedId) is { } year)
            course = course with { SchoolYearSourcedId = year };

        return Changed(course, RosterCollections.Orgs, course.OrgSourcedId) is { } org
            ? course with { OrgSourcedId = org } : course;
    }

    public ClassRecord Fix(ClassRecord taught)
    {
        if (Changed(taught, RosterCollections.Courses, taught.CourseSourcedId) is { } course)
            taught = taught with { CourseSourcedId = course };
        if (Changed(taught, RosterCollections.Orgs, taught.SchoolSourcedId) is { } school)
            taught = taught with { SchoolSourcedId = school };

        return Changed(taught, RosterCollections.AcademicSessions, taught.TermSourcedIds) is { } terms
            ? taught with { TermSourcedIds = terms } : taught;
    }

    public UserRecord Fix(UserRecord user)
    {
        if (Changed(user, RosterCollections.Orgs, user.PrimaryOrgSourcedId) is { } org)
            user = user with { PrimaryOrgSourcedId = org };
        if (Changed(user, RosterCollections.Users, user.AgentSourcedIds) is { } agents)
            user = user with { AgentSourcedIds = agents };
        for (var i = 0; i < user.Roles.Count; i++)
        {
            var role = user.Roles[i];
            if (Changed(user, RosterCollections.Orgs, role.OrgSourcedId) is not { } at) continue;
            var moved = role with { OrgSourcedId = at, SourcedId = RoleKeys.Of(user.SourcedId, role.Role, at) };
            user = user with { Roles = [.. user.Roles.Take(i), moved, .. user.Roles.Skip(i + 1)] };
        }

        return user;
    }

    public EnrollmentRecord Fix(EnrollmentRecord enrollment)
    {
        if (Changed(enrollment, RosterCollections.Classes, enrollment.ClassSourcedId) is { } taught)
            enrollment = enrollment with { ClassSourcedId = taught };
        if (Changed(enrollment, RosterCollections.Orgs, enrollment.SchoolSourcedId) is { } school)
            enrollment = enrollment with { SchoolSourcedId = school };

        return Changed(enrollment, RosterCollections.Users, enrollment.UserSourcedId) is { } user
            ? enrollment with { UserSourcedId = user } : enrollment;
    }

    public DemographicsRecord Fix(DemographicsRecord demographics) =>
        Changed(demographics, RosterCollections.Users, demographics.SourcedId) is { } user
            ? demographics with { SourcedId = user } : demographics;

    /// <summary>The key a reference means, noted to be told; null when it is right as it is.</summary>
    private string? Changed(RosterRecord of, string to, string? reference)
    {
        if (string.IsNullOrEmpty(reference) || IndexOf(to) is not { } index) return null;
        var key = index.Resolve(reference);
        if (key == reference) return null;
        var known = matched.GetValueOrDefault(to, (Count: 0, First: of, Reference: reference));
        matched[to] = known with { Count = known.Count + 1 };

        return key;
    }

    private List<string>? Changed(RosterRecord of, string to, IReadOnlyList<string> references)
    {
        List<string>? changed = null;
        for (var i = 0; i < references.Count; i++)
        {
            if (Changed(of, to, references[i]) is not { } key) continue;
            changed ??= [.. references];
            changed[i] = key;
        }

        return changed;
    }

    private ReferenceIndex? IndexOf(string collection)
    {
        if (indexes.TryGetValue(collection, out var index)) return index;
        index = modeOf(collection) is CollectionMode.Bulk
            ? new(WireTable.Of(collection), spoolOf(collection))
            : null;

        return indexes[collection] = index;
    }
}
