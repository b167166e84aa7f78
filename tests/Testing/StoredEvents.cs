using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using K12Hub.EventStore;

namespace K12Hub.Testing;

/// <summary>Keeps one file of JSON per event type and schema number, for ever: what was once stored must stay
/// readable. After a wanted addition run with <c>K12HUB_APPROVE=1</c> and commit the new file.</summary>
public static class StoredEvents
{
    /// <summary>What is wrong; empty when every mapped type has a sample that is written as its file says, and every
    /// file, however old, is read.</summary>
    /// <param name="events">The mapped types.</param>
    /// <param name="samples">One event of each type.</param>
    /// <param name="caller">The test's own path; the files are in <c>approved</c> beside it.</param>
    public static IReadOnlyList<string> Complaints(
        EventMap events, IEnumerable<object> samples, [CallerFilePath] string caller = "")
    {
        ArgumentNullException.ThrowIfNull(events);
        var folder = Path.Combine(Path.GetDirectoryName(caller)!, "approved");
        var complaints = new List<string>();
        var sampled = new HashSet<string>();
        foreach (var sample in samples)
        {
            var type = events.Find(sample);
            sampled.Add(type.Name);
            complaints.AddRange(Written(folder, FileName(type.Name, type.Schema), events.Write(sample)));
        }

        complaints.AddRange(events.Types.Where(t => !sampled.Contains(t.Name)).Select(t => $"{t.Name} has no sample"));
        complaints.AddRange(Directory.GetFiles(folder, "*.v*.json").Order().SelectMany(file => Read(events, file)));
        return complaints;
    }

    private static IEnumerable<string> Written(string folder, string name, string json)
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file) && Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1")
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, json + "\n");
        }

        if (!File.Exists(file))
        {
            yield return $"{name} is missing";
        }
        else if (File.ReadAllText(file).Trim() != json)
        {
            yield return $"{name} is now written as {json}: raise the schema number and add an upcaster";
        }
    }

    private static IEnumerable<string> Read(EventMap events, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        var dot = name.LastIndexOf(".v", StringComparison.Ordinal);
        var complaint = "";
        try
        {
            var schema = int.Parse(name[(dot + 2)..], CultureInfo.InvariantCulture);
            events.Read(name[..dot], schema, Encoding.UTF8.GetBytes(File.ReadAllText(file)));
        }
        catch (Exception unreadable) when (unreadable is not OutOfMemoryException)
        {
            complaint = $"{Path.GetFileName(file)} cannot be read: {unreadable.Message}";
        }

        return complaint.Length == 0 ? [] : [complaint];
    }

    private static string FileName(string type, int schema) =>
        string.Create(CultureInfo.InvariantCulture, $"{type}.v{schema}.json");
}
