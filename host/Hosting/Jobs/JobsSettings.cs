using System.ComponentModel.DataAnnotations;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>When jobs run.</summary>
public sealed class JobsSettings : IValidatableObject
{
    /// <summary>Whose clocks schedules mean, as an IANA name: <c>America/Chicago</c>. Null for the server's own
    /// zone.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The districts jobs run for, by number, separated by commas.</summary>
    [RegularExpression("[0-9]+(,[0-9]+)*", ErrorMessage = "Districts are numbers with commas between them.")]
    public string Districts { get; init; } = "1";

    /// <summary>Other times than the modules' own, by the schedule's name, as cron expressions of Quartz.</summary>
    public IReadOnlyDictionary<string, string> Schedules { get; init; } = new Dictionary<string, string>();

    /// <summary>The zone that <see cref="TimeZone"/> names.</summary>
    public TimeZoneInfo Zone => TimeZone is null
        ? TimeZoneInfo.Local
        : TimeZoneInfo.FindSystemTimeZoneById(TimeZone);

    /// <summary>The day it is by those clocks.</summary>
    /// <param name="time">What time it is.</param>
    public DateOnly TodayAt(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Zone).DateTime);
    }

    internal IEnumerable<DistrictId> DistrictIds => Districts.Split(',')
        .Select(number => new DistrictId(short.Parse(number, System.Globalization.CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new ValidationResult(
                $"TimeZone {TimeZone} is not known to this system; it looks like America/Chicago.");
        }

        if (Districts.Split(',').Any(number => !short.TryParse(number, out var id) || id < 1))
        {
            yield return new ValidationResult("Districts are numbered from 1 to 32,767.");
        }

        foreach (var (job, cron) in Schedules)
        {
            if (FireTimes.Complaint(cron) is { } complaint)
            {
                yield return new ValidationResult($"Schedules:{job}: {complaint}");
            }
        }
    }
}
