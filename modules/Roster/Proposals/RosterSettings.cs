using System.ComponentModel.DataAnnotations;

namespace K12Hub.Roster;

/// <summary>How rosters come in.</summary>
public sealed class RosterSettings : IValidatableObject
{
    /// <summary>When each source is asked and what it may do by itself, by its key; who is not named has the
    /// defaults.</summary>
    public Dictionary<string, RosterSourceSettings> Sources { get; init; } = [];

    /// <summary>The type of those keys of a person (<c>userIds</c>) that name the homes the person belongs to; 1 to 40
    /// characters.</summary>
    [Required, StringLength(40, MinimumLength = 1)]
    public string HouseholdIdType { get; init; } = "household";

    /// <summary>Which source has the say where several know a person, first before second: <c>hr, sis</c>, for
    /// <c>staff</c>, <c>students</c> or <c>guardians</c>, or for one field of them: <c>staff.email</c>.</summary>
    public Dictionary<string, string> Precedence { get; init; } = [];

    /// <summary>Days within which a request to amend a record of a student is to be decided; 1 to 90.</summary>
    [Range(1, 90)]
    public int AmendmentDays { get; init; } = 45;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var key in Precedence.Keys.Where(key => !Roster.Precedence.IsKnown(key)))
        {
            var kinds = string.Join(", ", Roster.Precedence.Kinds);
            yield return new($"Precedence {key}: name {kinds}, or a field of them such as staff.email.");
        }


        foreach (var (name, source) in Sources)
        {
            var problems = new List<ValidationResult>();
            Validator.TryValidateObject(source, new(source), problems, validateAllProperties: true);
            foreach (var problem in problems) yield return new($"Source {name}: {problem.ErrorMessage}");
        }
    }

    /// <summary>The settings of a source.</summary>
    /// <param name="source">Its key.</param>
    public RosterSourceSettings Of(string source) => Sources
        .FirstOrDefault(known => known.Key.Equals(source, StringComparison.OrdinalIgnoreCase)).Value ?? new();
}

/// <summary>When a source is asked, and how much of a roster may end in one run without anybody looking. Above, the run
/// is held.</summary>
public sealed class RosterSourceSettings : IValidatableObject
{
    /// <summary>When a source of the settings is imported by itself, as a cron expression of Quartz, by the clocks of
    /// <c>Jobs:TimeZone</c>; empty for never, null for the usual time: a system at 2:30 every night, a folder every
    /// quarter of an hour.</summary>
    public string? Schedule { get; init; }

    /// <summary>The day of the week on which all is asked for, and not only what changed since the last
    /// import.</summary>
    public DayOfWeek FullOn { get; init; } = DayOfWeek.Sunday;

    /// <summary>Time of the day from which on a system may be asked, by the clocks of <c>Jobs:TimeZone</c>:
    /// <c>20:00</c>. With <see cref="WindowEnd"/>; null for at any time.</summary>
    public TimeOnly? WindowStart { get; init; }

    /// <summary>Time of the day from which on it may no longer; an import that still goes on then stops and goes on in
    /// the next window.</summary>
    public TimeOnly? WindowEnd { get; init; }

    /// <summary>Hours without a good run after which what is known counts as stale; 1 to 8,760.</summary>
    [Range(1, 8_760)]
    public int StaleAfterHours { get; init; } = 36;

    /// <summary>Share of the records of one kind in one school that may end, in per cent; 0 to 100.</summary>
    [Range(0, 100)]
    public double HoldAboveSchoolPercent { get; init; } = 5;

    /// <summary>Records of one kind in one school that may end; 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int HoldAboveSchoolEndings { get; init; } = 50;

    /// <summary>Share of the records of one kind in the district that may end, in per cent; 0 to 100.</summary>
    [Range(0, 100)]
    public double HoldAboveKindPercent { get; init; } = 10;

    /// <summary>Endings from which on shares are looked at: two of twenty are a tenth and a Tuesday; 1 to
    /// 1,000.</summary>
    [Range(1, 1_000)]
    public int PercentFromEndings { get; init; } = 5;

    /// <summary>Days after which a person ends whom complete rosters no longer hold; 0 to 90, 0 for at once.</summary>
    [Range(0, 90)]
    public int GraceDays { get; init; } = 7;

    /// <summary>Days before the end of a school year from which on the next one may take its place without being held;
    /// 0 to 60.</summary>
    [Range(0, 60)]
    public int RolloverDaysEarly { get; init; } = 14;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (WindowStart is null != WindowEnd is null || (WindowStart is not null && WindowStart == WindowEnd))
            yield return new("WindowStart and WindowEnd are two different times of the day, such as 20:00 and 06:00.");
    }
}
