using System.Text.Json;
using K12Hub.Contracts;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>What of a person is written. There are no passwords, and no profiles: they hold them.</summary>
internal static class UserJson
{
    private static readonly string[] roles =
    [
        "aide", "counselor", "districtAdministrator", "guardian", "parent", "principal", "proctor", "relative",
        "siteAdministrator", "student", "systemAdministrator", "teacher",
    ];

    private static readonly JsonEncodedText org = JsonEncodedText.Encode("org");
    private static readonly JsonEncodedText beginDate = JsonEncodedText.Encode("beginDate");
    private static readonly JsonEncodedText endDate = JsonEncodedText.Encode("endDate");

    public static IReadOnlyList<JsonProperty> Properties { get; } =
    [
        .. RecordJson.Common,
        Of<UserRecord>.Text("userMasterIdentifier", user => user.UserMasterIdentifier),
        Of<UserRecord>.Text("username", user => user.Username),
        Of<UserRecord>.Make("userIds", WriteUserIds),
        Of<UserRecord>.Flag("enabledUser", user => user.EnabledUser),
        Of<UserRecord>.Text("givenName", user => user.GivenName),
        Of<UserRecord>.Text("familyName", user => user.FamilyName),
        Of<UserRecord>.Text("middleName", user => user.MiddleName),
        Of<UserRecord>.Text("preferredFirstName", user => user.PreferredGivenName),
        Of<UserRecord>.Text("preferredMiddleName", user => user.PreferredMiddleName),
        Of<UserRecord>.Text("preferredLastName", user => user.PreferredFamilyName),
        Of<UserRecord>.Text("pronouns", user => user.Pronouns),
        Of<UserRecord>.Make("roles", WriteRoles),
        Of<UserRecord>.Never("userProfiles"),
        Of<UserRecord>.Reference("primaryOrg", RosterList.Orgs, user => user.PrimaryOrgSourcedId),
        Of<UserRecord>.Text("identifier", user => user.Identifier),
        Of<UserRecord>.Text("email", user => user.Email),
        Of<UserRecord>.Text("sms", user => user.Sms),
        Of<UserRecord>.Text("phone", user => user.Phone),
        Of<UserRecord>.References("agents", RosterList.Users, user => user.AgentSourcedIds),
        Of<UserRecord>.Texts("grades", user => user.Grades),
        Of<UserRecord>.Never("password"),
        Of<UserRecord>.Never("resources"),
    ];

    private static void WriteUserIds(RecordWriter to, JsonEncodedText name, UserRecord user)
    {
        if (user.UserIds.Count == 0) return;

        to.Json.WriteStartArray(name);
        foreach (var id in user.UserIds)
        {
            to.Json.WriteStartObject();
            to.Json.WriteString("type", id.Type);
            to.Json.WriteString("identifier", id.Identifier);
            to.Json.WriteEndObject();
        }

        to.Json.WriteEndArray();
    }

    private static void WriteRoles(RecordWriter to, JsonEncodedText name, UserRecord user)
    {
        to.Json.WriteStartArray(name);
        foreach (var role in user.Roles)
        {
            to.Json.WriteStartObject();
            to.Json.WriteString("roleType", role.Primary ? "primary" : "secondary");
            to.Json.WriteString("role", Vocabulary.Fit(role.Role, roles));
            to.Reference(org, RosterList.Orgs, role.OrgSourcedId);
            to.Date(beginDate, role.BeginDate);
            to.Date(endDate, role.EndDate);
            to.Json.WriteEndObject();
        }

        to.Json.WriteEndArray();
    }
}
