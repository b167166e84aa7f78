namespace K12Hub.Contracts;

/// <summary>A typed identifier of a person in another system.</summary>
/// <param name="Type">The other system, for example LDAP or State.</param>
/// <param name="Identifier">The person's key there.</param>
public sealed record UserIdentifier(string Type, string Identifier);

/// <summary>A person. Passwords are dropped by the connector and never reach this record.</summary>
public sealed record UserRecord : RosterRecord
{
    /// <summary>Whether the source lets the person sign in.</summary>
    public required bool EnabledUser { get; init; }

    /// <summary>Sign-in name; null when not sent.</summary>
    public string? Username { get; init; }

    /// <summary>Keys in other systems; empty when not sent.</summary>
    public IReadOnlyList<UserIdentifier> UserIds { get; init; } = [];

    /// <summary>Legal first name.</summary>
    public required string GivenName { get; init; }

    /// <summary>Legal last name.</summary>
    public required string FamilyName { get; init; }

    /// <summary>Middle name; null when not sent.</summary>
    public string? MiddleName { get; init; }

    /// <summary>First name in daily use; null when not sent.</summary>
    public string? PreferredGivenName { get; init; }

    /// <summary>Middle name in daily use; null when not sent.</summary>
    public string? PreferredMiddleName { get; init; }

    /// <summary>Last name in daily use; null when not sent.</summary>
    public string? PreferredFamilyName { get; init; }

    /// <summary>Pronouns; null when not sent.</summary>
    public string? Pronouns { get; init; }

    /// <summary>The district's number of the person; null when not sent.</summary>
    public string? Identifier { get; init; }

    /// <summary>E-mail address; null when not sent.</summary>
    public string? Email { get; init; }

    /// <summary>Number for text messages; null when not sent.</summary>
    public string? Sms { get; init; }

    /// <summary>Telephone number; null when not sent.</summary>
    public string? Phone { get; init; }

    /// <summary>People related to this one: guardians on a student, children on a guardian.</summary>
    public IReadOnlyList<string> AgentSourcedIds { get; init; } = [];

    /// <summary>Grades as sent; empty for adults.</summary>
    public IReadOnlyList<string> Grades { get; init; } = [];

    /// <summary>Key that joins several user records of one person (1.2); null when not sent.</summary>
    public string? UserMasterIdentifier { get; init; }

    /// <summary>The main organization (1.2); null when not sent.</summary>
    public string? PrimaryOrgSourcedId { get; init; }

    /// <summary>Roles sent within the user (1.1 files and all REST answers); empty where roles have a file of their
    /// own (1.2 files).</summary>
    public IReadOnlyList<RoleRecord> Roles { get; init; } = [];
}

/// <summary>What a person is at an organization.</summary>
/// <remarks>Where the source gives the role no key of its own (1.1, REST), <see cref="RosterRecord.SourcedId"/> is
/// <c>user|role|org</c>.</remarks>
public sealed record RoleRecord : RosterRecord
{
    /// <summary>The person.</summary>
    public required string UserSourcedId { get; init; }

    /// <summary>The organization.</summary>
    public required string OrgSourcedId { get; init; }

    /// <summary>aide, counselor, districtAdministrator, guardian, parent, principal, proctor, relative,
    /// siteAdministrator, student, systemAdministrator, teacher, an <c>ext:</c> value, or 1.1's administrator.
    /// </summary>
    public required string Role { get; init; }

    /// <summary>Whether this is the person's main role at the organization.</summary>
    public required bool Primary { get; init; }

    /// <summary>First day; null when not sent.</summary>
    public DateOnly? BeginDate { get; init; }

    /// <summary>The day after the last day; null when open or not sent.</summary>
    public DateOnly? EndDate { get; init; }
}

/// <summary>Facts about a student that need a permission of their own. <see cref="RosterRecord.SourcedId"/> is the
/// student's.</summary>
public sealed record DemographicsRecord : RosterRecord
{
    /// <summary>Birth date; null when not sent.</summary>
    public DateOnly? BirthDate { get; init; }

    /// <summary>male, female, unspecified, other or an <c>ext:</c> value; null when not sent.</summary>
    public string? Sex { get; init; }

    /// <summary>Race, as OneRoster names it; null when not sent.</summary>
    public bool? AmericanIndianOrAlaskaNative { get; init; }

    /// <summary>Race; null when not sent.</summary>
    public bool? Asian { get; init; }

    /// <summary>Race; null when not sent.</summary>
    public bool? BlackOrAfricanAmerican { get; init; }

    /// <summary>Race; null when not sent.</summary>
    public bool? NativeHawaiianOrOtherPacificIslander { get; init; }

    /// <summary>Race; null when not sent.</summary>
    public bool? White { get; init; }

    /// <summary>Two or more races; null when not sent.</summary>
    public bool? DemographicRaceTwoOrMoreRaces { get; init; }

    /// <summary>Ethnicity; null when not sent.</summary>
    public bool? HispanicOrLatinoEthnicity { get; init; }

    /// <summary>Country of birth; null when not sent.</summary>
    public string? CountryOfBirthCode { get; init; }

    /// <summary>State of birth; null when not sent.</summary>
    public string? StateOfBirthAbbreviation { get; init; }

    /// <summary>City of birth; null when not sent.</summary>
    public string? CityOfBirth { get; init; }

    /// <summary>CEDS code of residence; null when not sent.</summary>
    public string? PublicSchoolResidenceStatus { get; init; }
}
