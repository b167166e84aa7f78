namespace K12Hub.Roster;

/// <summary>How somebody is reached: what of people is read by the permission for contact data.</summary>
internal sealed record ContactRow
{
    /// <summary>The person.</summary>
    public Guid Id { get; init; }

    /// <summary>The main school.</summary>
    public Guid? SchoolId { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>Number for text messages.</summary>
    public string? Sms { get; init; }

    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }
}

/// <summary>What is settled of custody: what of students and guardians is read by its permission.</summary>
internal sealed record CustodyRow
{
    /// <summary>The two.</summary>
    public Guid Id { get; init; }

    /// <summary>The student.</summary>
    public Guid StudentId { get; init; }

    /// <summary>Whether the guardian may pick the student up.</summary>
    public bool? MayPickUp { get; init; }

    /// <summary>Whether the guardian may see the student's records.</summary>
    public bool? MayReceiveRecords { get; init; }

    /// <summary>What was settled.</summary>
    public string? Custody { get; init; }
}

/// <summary>What pays for students: what of supplements is read by the permission for demographics.</summary>
internal sealed record FundingRow
{
    /// <summary>The supplement.</summary>
    public Guid Id { get; init; }

    /// <summary>The student.</summary>
    public Guid PersonId { get; init; }

    /// <summary>In the district's own words or codes.</summary>
    public string? FundingCategory { get; init; }
}
