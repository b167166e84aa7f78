using System.Security.Cryptography;
using System.Text;
using K12Hub.District;

namespace K12Hub.Bench.Roster;

/// <summary>A roster record as the plainest table would hold it: a key, four texts, a reference, two
/// instants.</summary>
internal readonly record struct PlainRow(Guid Id, string A, string B, string C, string D, Guid Reference)
{
    /// <summary>Every record of a district.</summary>
    public static IEnumerable<PlainRow> Of(GeneratedDistrict district)
    {
        foreach (var org in district.Orgs)
            yield return Row("orgs", org.Id, org.Name, org.Type, org.Identifier, "", org.ParentId);
        foreach (var part in district.Sessions)
            yield return Row("sessions", part.Id, part.Title, part.Type, "", "", part.ParentId);
        foreach (var course in district.Courses)
            yield return Row("courses", course.Id, course.Title, course.Code, course.Grades, course.Subject, null);
        foreach (var taught in district.Classes)
            yield return Row("classes", taught.Id, taught.Title, taught.Code, taught.Location, taught.Period,
            taught.SchoolId);
        foreach (var person in district.People)
        {
            yield return Row("users", person.Id, person.GivenName, person.FamilyName, person.Email ?? "",
                person.Phone ?? "", person.Roles[0].OrgId);
            foreach (var role in person.Roles)
                yield return Row("roles", person.Id + role.Role + role.OrgId, person.Id, role.Role, role.OrgId, "",
                role.OrgId);
        }

        foreach (var seat in district.Enrollments)
            yield return Row("enrollments", seat.Id, seat.PersonId, seat.ClassId, seat.SchoolId, seat.Teacher
            ? "teacher" : "student", seat.PersonId);
        foreach (var facts in district.Demographics)
            yield return Row("demographics", facts.PersonId, facts.Sex, facts.Race, facts.BirthCountry,
            facts.BirthCity ?? "", facts.PersonId);
    }

    private static PlainRow Row(string kind, string id, string a, string b, string c, string d, string? reference) =>
        new(Key(kind + id), a, b, c, d, reference is null ? Guid.Empty : Key(reference));

    // Keys are as random as the roster's own, which are hashes too: the index meets the same disorder.
    private static Guid Key(string name)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        return new(hash[..16], bigEndian: true);
    }
}
