using K12Hub.Contracts;

namespace K12Hub.OneRoster.Package;

/// <summary>Carries the reason for refusing a package out of a stream, through the CSV reader. Never leaves this
/// connector: <see cref="OneRosterCsv"/> and <see cref="CsvSource"/> turn it back into a value.</summary>
internal sealed class RefusedException(RosterFinding reason) : IOException(reason.Message)
{
    public RosterFinding Reason { get; } = reason;

    /// <summary>Why reading failed, when it failed because of what was read and not because of our own bug.</summary>
    public static RosterFinding? ReasonOf(Exception e, string? file) => e switch
    {
        RefusedException refused => refused.Reason,
        InvalidDataException or EndOfStreamException => OneRosterRules.ZipDamaged.Broken(
            "The package is damaged here. Export it again and send the new one.", file),
        IOException or UnauthorizedAccessException or NotSupportedException => OneRosterRules.FileUnreadable.Broken(
            "This file cannot be read. Check the rights of the file and the disk it is on.", file),
        _ => null,
    };
}
