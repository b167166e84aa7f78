using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>Birth, sex, race and ethnicity of a student. Kept apart and behind a permission of its own.</summary>
internal sealed record DemographicsRow : IRosterRow
{
    /// <summary>Made from source, collection and sourcedId: it never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <inheritdoc/>
    [GraphQLIgnore]
    public string Source { get; init; } = "";

    /// <summary>The source's own key of the student.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string SourcedId { get; init; } = "";

    /// <summary>The student.</summary>
    [Filterable, ID<StudentRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>Date of birth.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    [Filterable, Sortable]
    public DateOnly? BirthDate { get; init; }

    /// <summary>male, female, unspecified, other or what else the source sent.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Sex { get; init; }

    /// <summary>Race.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? AmericanIndianOrAlaskaNative { get; init; }

    /// <summary>Race.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? Asian { get; init; }

    /// <summary>Race.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? BlackOrAfricanAmerican { get; init; }

    /// <summary>Race.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? NativeHawaiianOrOtherPacificIslander { get; init; }

    /// <summary>Race.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? White { get; init; }

    /// <summary>Two or more races.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? TwoOrMoreRaces { get; init; }

    /// <summary>Ethnicity.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public bool? HispanicOrLatino { get; init; }

    /// <summary>Country of birth, as the source codes it.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? CountryOfBirthCode { get; init; }

    /// <summary>State of birth, as the source abbreviates it.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? StateOfBirth { get; init; }

    /// <summary>City of birth.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? CityOfBirth { get; init; }

    /// <summary>CEDS code of residence.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? PublicSchoolResidenceStatus { get; init; }

    /// <summary>When the source last changed it, if it says so.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateTimeOffset? DateLastModified { get; init; }

    /// <inheritdoc/>
    [PersonalData(Subject = nameof(PersonId))]
    [GraphQLIgnore]
    public Guid RowHash { get; init; }

    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
