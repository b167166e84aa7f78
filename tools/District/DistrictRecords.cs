namespace K12Hub.District;

/// <summary>The district or one of its schools.</summary>
public sealed record Org(string Id, string Name, string Type, string Identifier, string? ParentId);

/// <summary>The school year or a part of it. <paramref name="End"/> is the day after the last day.</summary>
public sealed record Session(string Id, string Title, string Type, DateOnly Start, DateOnly End, string? ParentId);

/// <summary>A course of study. <paramref name="SubjectCode"/> is a SCED code.</summary>
public sealed record Course(string Id, string Title, string Code, string Grades, string Subject, string SubjectCode);

/// <summary>A course taught to a group in a school.</summary>
public sealed record SchoolClass(
    string Id, string Title, string Code, bool Homeroom, string Location, string SchoolId, string Grades, string Period)
{
    /// <summary>The course taught.</summary>
    public required Course Course { get; init; }
}

/// <summary>What a person is at an organization, in the words of OneRoster 1.2.</summary>
public sealed record PersonRole(string OrgId, string Role, bool Primary = true);

/// <summary>A student, a guardian or a member of staff.</summary>
public sealed record Person
{
    /// <summary>Key in the source.</summary>
    public required string Id { get; init; }

    /// <summary>Sign-in name.</summary>
    public required string Username { get; init; }

    /// <summary>First name.</summary>
    public required string GivenName { get; init; }

    /// <summary>Last name.</summary>
    public required string FamilyName { get; init; }

    /// <summary>Middle name.</summary>
    public string? MiddleName { get; init; }

    /// <summary>First name in daily use.</summary>
    public string? PreferredGivenName { get; init; }

    /// <summary>Number the district or the state gave the person.</summary>
    public string? Identifier { get; init; }

    /// <summary>E-mail address, in a domain reserved for examples.</summary>
    public string? Email { get; init; }

    /// <summary>Telephone number, in the area code 555 that nobody has.</summary>
    public string? Phone { get; init; }

    /// <summary>Guardians of a student, children of a guardian.</summary>
    public IReadOnlyList<string> AgentIds { get; init; } = [];

    /// <summary>KG, 01 to 12; null for adults.</summary>
    public string? Grade { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<PersonRole> Roles { get; init; }

    /// <summary>Preferred language as a BCP 47 tag; students and guardians.</summary>
    public string? Language { get; init; }

    /// <summary>Job title; staff only.</summary>
    public string? Position { get; init; }

    /// <summary>Home; two for a child of two homes.</summary>
    public IReadOnlyList<string> Homes { get; init; } = [];
}

/// <summary>A person's part in a class.</summary>
public sealed record Enrollment(string ClassId, string SchoolId, string PersonId, bool Teacher, DateOnly Begin)
{
    /// <summary>Unique per class and person.</summary>
    public string Id => $"ENR-{ClassId}-{PersonId}";
}

/// <summary>Facts about a student that need a permission of their own.</summary>
public sealed record Demographics(
    string PersonId,
    DateOnly BirthDate,
    string Sex,
    string Race,
    bool Hispanic,
    string BirthCountry,
    string? BirthCity);
