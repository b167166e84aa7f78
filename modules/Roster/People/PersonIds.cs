using System.Buffers.Text;
using System.Text;
using K12Hub.GraphQL.Conventions;

namespace K12Hub.Roster;

/// <summary>Ids of people as callers have them: of the person, or of the student, guardian or member of staff that the
/// person is. They are the same key.</summary>
internal static class PersonIds
{
    private static readonly string[] Types = ["Person", "Student", "Guardian", "StaffMember"];

    /// <summary>The person's key.</summary>
    public static Guid Decode(string id)
    {
        var text = Base64Url.IsValid(id) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(id)) : "";
        var type = Types.FirstOrDefault(type => text.StartsWith(type + ":", StringComparison.Ordinal)) ?? Types[0];
        return NodeId.Decode<Guid>(type, id);
    }
}
