using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A person as several sources know her: each value from the source that has the say about it.</summary>
internal sealed record Identity
{
    /// <summary>The records, those in force first, in the order of their say.</summary>
    [GraphQLIgnore]
    public required IReadOnlyList<PersonRow> Records { get; init; }

    /// <summary>Where each value that is not null comes from.</summary>
    public required IReadOnlyList<Origin> Origins { get; init; }

    /// <summary>Legal first name.</summary>
    public required string GivenName { get; init; }

    /// <summary>Legal last name.</summary>
    public required string FamilyName { get; init; }

    /// <summary>First name in daily use.</summary>
    public string? PreferredGivenName { get; init; }

    /// <summary>Last name in daily use.</summary>
    public string? PreferredFamilyName { get; init; }

    /// <summary>Pronouns.</summary>
    public string? Pronouns { get; init; }

    /// <summary>The district's number of the person.</summary>
    public string? Identifier { get; init; }

    /// <summary>E-mail address.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Email { get; init; }

    /// <summary>Telephone number.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Phone { get; init; }

    /// <summary>Number for text messages.</summary>
    [Authorize(Policy = RosterPermissions.ReadContact)]
    public string? Sms { get; init; }

    /// <summary>Makes one of the records of a person.</summary>
    public static Identity Of(IReadOnlyList<PersonRow> records, RosterSettings settings)
    {
        var (kind, origins) = (KindOf(records), new List<Origin>());
        return new()
        {
            Records = settings.Ordered(records, kind, null),
            Origins = origins,
            GivenName = Value("givenName", x => x.GivenName) ?? "",
            FamilyName = Value("familyName", x => x.FamilyName) ?? "",
            PreferredGivenName = Value("preferredGivenName", x => x.PreferredGivenName),
            PreferredFamilyName = Value("preferredFamilyName", x => x.PreferredFamilyName),
            Pronouns = Value("pronouns", x => x.Pronouns),
            Identifier = Value("identifier", x => x.Identifier),
            Email = Value("email", x => x.Email),
            Phone = Value("phone", x => x.Phone),
            Sms = Value("sms", x => x.Sms),
        };

        string? Value(string field, Func<PersonRow, string?> of)
        {
            var from = settings.Ordered(records, kind, field).FirstOrDefault(record => of(record) is not null);
            if (from is not null) origins.Add(new(field, from.Source));
            return from is null ? null : of(from);
        }
    }

    /// <summary>Who works here is staff first, whatever else she is.</summary>
    private static string KindOf(IReadOnlyList<PersonRow> records) =>
        records.Any(record => record.IsStaff) ? "staff"
        : records.Any(record => record.IsStudent) ? "students"
        : "guardians";
}

/// <summary>Where a value comes from.</summary>
/// <param name="Field">The field: email.</param>
/// <param name="Source">Key of the source: hr.</param>
internal sealed record Origin(string Field, string Source);
