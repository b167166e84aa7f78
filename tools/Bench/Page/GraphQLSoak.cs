using System.Globalization;
using K12Hub.Bench.Measuring;

namespace K12Hub.Bench.Page;

/// <summary>Thousands of different documents, again and again: what is kept of them must not grow. Memory is printed
/// over time.</summary>
internal static class GraphQLSoak
{
    private const int Documents = 10_000;
    private const int Connections = 8;

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);

    /// <param name="minutes">How long, 1 to 60.</param>
    /// <param name="ct">Stops early.</param>
    public static async Task RunAsync(int minutes, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minutes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minutes, 60);
        await using var scratch = await Scratch.CreateAsync(ct);
        var settings = new Dictionary<string, string>(scratch.AppOn(await scratch.DatabaseAsync("soak", ct)))
        {
            ["K12HUB__Demo__Students"] = "200",
        };
        await using var hub = await HubServer.StartAsync(scratch.FileAt("app"), settings, ct);
        var requests = Enumerable.Range(0, Documents)
            .Select(number => hub.Request(Document(number), new { })).ToArray();

        Console.WriteLine($"{Documents:N0} documents, {Connections} connections, {minutes} minutes "
            + $"(load of the machine {ProcessFigures.Load})");
        var slices = (int)(TimeSpan.FromMinutes(minutes) / Slice);
        var memory = new List<double>();
        for (var slice = 0; slice < slices; slice++)
        {
            // Every slice begins elsewhere, so that all documents have their turn.
            var start = slice * (Documents / 4) % Documents;
            var load = await LoadGenerator.RunAsync(
                hub.Address.Port, [.. requests[start..], .. requests[..start]], Connections, Slice, ct);
            memory.Add(ProcessFigures.Memory(hub.ProcessId));
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {(slice + 1) * Slice.TotalSeconds,5:N0} s  {memory[^1],6:N0} MB  {load.Requests,8:N0} requests  "
                    + $"{load.Failures} failed"));
        }

        // The first half fills what is kept.
        var half = memory.Count / 2;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"most memory: {memory[..half].Max():N0} MB in the first half, {memory[half..].Max():N0} MB in the second, "
                + $"peak {ProcessFigures.PeakMemory(hub.ProcessId):N0} MB"));
    }

    // Other names and another selection each, so that neither text nor plan nor statement is that of another.
    private static string Document(int number)
    {
        string[] fields = ["sourcedId", "givenName", "familyName", "grade", "email", "identifier", "dateLastModified"];
        var chosen = fields.Where((_, bit) => (number >> bit & 1) == 1).Select(field => $"{field}{number}: {field}");
        var size = 1 + (number % 5);
        return $"query D{number} {{ students(first: {size}) {{ nodes {{ id {string.Join(' ', chosen)} }} }} }}";
    }
}
