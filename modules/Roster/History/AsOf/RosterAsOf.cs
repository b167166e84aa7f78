using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>The roster as it was at a moment: what was known after the last run that had been applied by then. Runs
/// that were taken back have never been.</summary>
internal sealed record RosterAsOf
{
    /// <summary>The moment that was asked for.</summary>
    public DateTimeOffset AsOf { get; init; }

    /// <summary>When the roster of then had been brought up to date; null before the first run.</summary>
    public DateTimeOffset? DataAsOf { get; init; }

    /// <summary>The run that had done it.</summary>
    [GraphQLIgnore]
    public Guid? RunId { get; init; }

    /// <summary>What holds holds at this position of the log.</summary>
    [GraphQLIgnore]
    public long Position { get; init; }
}

/// <summary>Something of then: a record, at a position of the log.</summary>
internal readonly record struct Then(Guid Id, long Position);

/// <summary>A school or another organization as it was.</summary>
internal sealed record OrganizationAsOf
{
    /// <summary>The organization.</summary>
    [ID<OrganizationRow>]
    public Guid OrganizationId { get; init; }

    /// <summary>Display name of then.</summary>
    public string Name { get; init; } = "";

    /// <summary>school, district and so on.</summary>
    public string Type { get; init; } = "";

    /// <summary>Outside number, in the United States mostly the NCES id.</summary>
    public string? Identifier { get; init; }

    /// <summary>When.</summary>
    [GraphQLIgnore]
    public Then Then { get; init; }
}

/// <summary>A class as it was.</summary>
internal sealed record ClassAsOf
{
    /// <summary>The class.</summary>
    [ID<ClassRow>]
    public Guid ClassId { get; init; }

    /// <summary>Display name of then.</summary>
    public string Title { get; init; } = "";

    /// <summary>The school's section number.</summary>
    public string? Code { get; init; }

    /// <summary>Grades in it, as the source wrote them.</summary>
    public string[] Grades { get; init; } = [];

    /// <summary>The room.</summary>
    public string? Location { get; init; }

    /// <summary>The school.</summary>
    [GraphQLIgnore]
    public Guid SchoolId { get; init; }

    /// <summary>When.</summary>
    [GraphQLIgnore]
    public Then Then { get; init; }
}

/// <summary>A person as the source described them then. Of somebody who was erased since, nothing is known any
/// more.</summary>
internal sealed record PersonAsOf
{
    /// <summary>The person.</summary>
    [ID<PersonRow>]
    public Guid PersonId { get; init; }

    /// <summary>Legal first name.</summary>
    public string GivenName { get; init; } = "";

    /// <summary>Legal last name.</summary>
    public string FamilyName { get; init; } = "";

    /// <summary>First name in daily use.</summary>
    public string? PreferredGivenName { get; init; }

    /// <summary>The district's number of the person.</summary>
    public string? Identifier { get; init; }

    /// <summary>E-mail address.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Email { get; init; }

    /// <summary>Telephone number.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Phone { get; init; }

    /// <summary>The grade; the first where the source sent several.</summary>
    public string? Grade { get; init; }

    /// <summary>The main organization, if the source named one.</summary>
    [GraphQLIgnore]
    public Guid? PrimaryOrganizationId { get; init; }

    /// <summary>When.</summary>
    [GraphQLIgnore]
    public Then Then { get; init; }
}

/// <summary>What a person was at an organization.</summary>
internal sealed record RoleAsOf
{
    /// <summary>teacher, principal, student, guardian and so on, as the source wrote it.</summary>
    public string Role { get; init; } = "";

    /// <summary>Whether this was the person's main role at the organization.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>First day.</summary>
    public DateOnly? BeginDate { get; init; }

    /// <summary>The day after the last day; null while it was open.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>Where.</summary>
    [GraphQLIgnore]
    public Then Organization { get; init; }
}

/// <summary>A person's part in a class as it was.</summary>
internal sealed record EnrollmentAsOf
{
    /// <summary>The enrollment.</summary>
    [ID<EnrollmentRow>]
    public Guid EnrollmentId { get; init; }

    /// <summary>student, teacher, proctor, administrator or what else the source sent.</summary>
    public string Role { get; init; } = "";

    /// <summary>Whether this was the main teacher; null when the source did not say.</summary>
    public bool? IsPrimary { get; init; }

    /// <summary>First day.</summary>
    public DateOnly? BeginDate { get; init; }

    /// <summary>The day after the last day; null while it was open.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>The class.</summary>
    [GraphQLIgnore]
    public Then Class { get; init; }

    /// <summary>The person.</summary>
    [GraphQLIgnore]
    public Then Person { get; init; }
}
