using System.ComponentModel.DataAnnotations;

namespace K12Hub.Hosting;

/// <summary>What of the audit trail an installation may decide.</summary>
public sealed class AuditSettings
{
    /// <summary>From how many students in one answer on it counts as one in bulk; 2 to 100,000.</summary>
    [Range(2, 100_000)]
    public int BulkStudents { get; init; } = 100;

    /// <summary>Different students whom one viewer may see within an hour before that is an alarm; 0 for no
    /// alarm.</summary>
    [Range(0, 10_000_000)]
    public int AlarmStudentsPerHour { get; init; } = 300;
}
