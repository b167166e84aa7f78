using System.Globalization;

namespace K12Hub.Bench.Measuring;

/// <summary>What the kernel knows of a process.</summary>
internal static class ProcessFigures
{
    // Linux counts processor time for /proc in hundredths of a second on every architecture .NET runs on.
    private const int TicksPerSecond = 100;

    /// <summary>Most resident memory so far; in MB. 0 when the process has ended.</summary>
    public static double PeakMemory(int process)
    {
        var line = Lines(process, "status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
        return line is null ? 0 : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Processor time used so far, kernel included.</summary>
    public static TimeSpan ProcessorTime(int process)
    {
        // The program's name stands in brackets and may hold spaces: count the fields from behind it.
        var fields = Lines(process, "stat").First().Split(") ")[1].Split(' ');
        var ticks = long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12],
            CultureInfo.InvariantCulture);
        return TimeSpan.FromSeconds((double)ticks / TicksPerSecond);
    }

    /// <summary>Load of the machine over the last minute, to judge the figures by.</summary>
    public static string Load =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    private static string[] Lines(int process, string file)
    {
        try
        {
            return File.ReadAllLines($"/proc/{process}/{file}");
        }
        catch (IOException)
        {
            return [];
        }
    }
}
