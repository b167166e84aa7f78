namespace K12Hub.District.Csv;

/// <summary>Users and roles, the two files in which the versions differ.</summary>
internal static class OneRosterUsers
{
    // What OneRoster has no column for goes where it allows extensions.
    private const string Extensions = ",metadata.language,metadata.position,metadata.household";

    public static CsvTable Users11 { get; } = new(
        "users",
        "enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,"
        + "agentSourcedIds,grades,password" + Extensions,
        (part, day, rows) =>
        {
            foreach (var person in part.People(day))
            {
                rows.Add(person.Id, "true", List(OrgsOf(person)), Role11(person), person.Username, UserIds(person),
                    person.GivenName, person.FamilyName, person.MiddleName, person.Identifier, person.Email,
                    person.Phone, person.Phone, List(person.AgentIds), person.Grade, null, person.Language,
                    person.Position, List(person.Homes));
            }
        });

    public static CsvTable Users12 { get; } = new(
        "users",
        "enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,"
        + "grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,preferredFamilyName,"
        + "primaryOrgSourcedId,pronouns" + Extensions,
        (part, day, rows) =>
        {
            foreach (var person in part.People(day))
            {
                rows.Add(person.Id, "true", person.Username, UserIds(person), person.GivenName, person.FamilyName,
                    person.MiddleName, person.Identifier, person.Email, person.Phone, person.Phone,
                    List(person.AgentIds), person.Grade, null, null, person.PreferredGivenName, null, null,
                    person.Roles is [var only] ? only.OrgId : null, null, person.Language, person.Position,
                    List(person.Homes));
            }
        });

    public static CsvTable Roles12 { get; } = new(
        "roles", "userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId", (part, day, rows) =>
        {
            foreach (var person in part.People(day))
            {
                foreach (var role in person.Roles)
                {
                    rows.Add($"ROL-{person.Id}-{role.Role}-{role.OrgId}", person.Id,
                        role.Primary ? "primary" : "secondary", role.Role, null, null, role.OrgId, null);
                }
            }
        });

    /// <summary>The roles that a reader of 1.1 derives from the users: never written, only counted.</summary>
    public static CsvTable DerivedRoles11 { get; } = new("roles", "", (part, day, rows) =>
    {
        foreach (var person in part.People(day))
        {
            var orgs = OrgsOf(person);
            // The first organization is the main one: a reader must see when another takes its place.
            foreach (var org in orgs)
                rows.Add($"{person.Id}|{Role11(person)}|{org}", org == orgs[0] ? "primary" : "secondary");
        }
    });

    private static IReadOnlyList<string> OrgsOf(Person person) =>
        [.. person.Roles.Select(role => role.OrgId).Distinct()];

    // 1.1 knows eight roles, and one per user.
    private static string Role11(Person person) => person.Roles[0].Role switch
    {
        "principal" or "siteAdministrator" or "districtAdministrator" or "systemAdministrator" => "administrator",
        "counselor" => "aide",
        var same => same,
    };

    private static string? UserIds(Person person) =>
        person.Identifier is null ? null : $"{{State:{person.Identifier}}}";

    private static string? List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => null,
        1 => items[0],
        _ => string.Join(',', items),
    };
}
