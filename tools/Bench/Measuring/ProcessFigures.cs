using System.Globalization;

namespace K12Hub.Bench.Measuring;

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessFigures
{
    // Linux counts processor time for /proc in hundredths of a second on every architecture .NET runs on.
    private const int TicksPerSecond = 100;

    // Fields of /proc/PID/stat behind the name.
    private const int Parent = 1;
    private const int OwnUser = 11;
    private const int OwnKernel = 12;
    private const int EndedUser = 13;
    private const int EndedKernel = 14;

    /// <summary>Most resident memory so far; in MB. 0 when the process has ended.</summary>
    public static double PeakMemory(int process) => Memory(process, "VmHWM:");

    /// <summary>Resident memory now; in MB. 0 when the process has ended.</summary>
    public static double Memory(int process) => Memory(process, "VmRSS:");

    /// <summary>Processor time used so far, kernel included; 0 when the process has ended.</summary>
    public static TimeSpan ProcessorTime(int process) => Time(StatusOf(process), [OwnUser, OwnKernel]);

    /// <summary>Processor time of a process and all its children, those that have ended included.</summary>
    public static TimeSpan FamilyTime(int parent)
    {
        var children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? StatusOf(id) : [])
            .Where(fields => fields.Length > Parent && fields[Parent] == $"{parent}");
        return children.Aggregate(
            Time(StatusOf(parent), [OwnUser, OwnKernel, EndedUser, EndedKernel]),
            (sum, child) => sum + Time(child, [OwnUser, OwnKernel]));
    }

    /// <summary>Load of the machine over the last minute, to judge the figures by.</summary>
    public static string Load =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static double Memory(int process, string name)
    {
        var line = Lines(process, "status").FirstOrDefault(text => text.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024;
    }

    private static TimeSpan Time(string[] status, ReadOnlySpan<int> fields)
    {
        var ticks = 0L;
        foreach (var field in fields)
            ticks += status.Length > field ? long.Parse(status[field], CultureInfo.InvariantCulture) : 0;
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    // The program's name stands in brackets and may hold spaces: the fields are counted from behind it.
    private static string[] StatusOf(int process) =>
        Lines(process, "stat") is [var line, ..] ? line.Split(") ")[1].Split(' ') : [];

    private static string[] Lines(int process, string file)
    {
        try
        {
            return File.ReadAllLines($"/proc/{process}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
