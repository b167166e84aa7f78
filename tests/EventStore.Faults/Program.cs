using System.CommandLine;
using System.Globalization;
using K12Hub.EventStore.Faults;

if (args is ["node", var folder, var name, var seedText, var writersText])
{
    var database = Environment.GetEnvironmentVariable(NodeProcess.DatabaseVariable)
        ?? throw new InvalidOperationException($"{NodeProcess.DatabaseVariable} is not set.");
    return await Node.RunAsync(
        database, folder, name, int.Parse(seedText, CultureInfo.InvariantCulture),
        int.Parse(writersText, CultureInfo.InvariantCulture));
}

var minutes = new Option<double>("--minutes")
{
    Description = "How long harm is done.",
    DefaultValueFactory = _ => 1,
};
var seed = new Option<int>("--seed") { Description = "Another seed is another run.", DefaultValueFactory = _ => 1 };
var nodes = new Option<int>("--nodes") { Description = "Processes, 1 to 8.", DefaultValueFactory = _ => 3 };
var writers = new Option<int>("--writers")
{
    Description = "Writers of either kind in each process, 1 to 16.",
    DefaultValueFactory = _ => 3,
};
var breaks = new Option<bool>("--wrong-designs")
{
    Description = "Shows instead that stores built wrongly in one place do not stand the load.",
};
var design = new Option<string?>("--design") { Description = "With --wrong-designs: this one only." };
design.AcceptOnlyFromAmong([.. Design.All.Select(wrong => wrong.Name)]);

var command = new RootCommand(
    "Kills, freezes and cuts off everything around an event store while it works, and then counts what is missing.")
    { minutes, seed, nodes, writers, breaks, design };
command.SetAction(async (parsed, ct) =>
{
    var options = new FaultOptions(
        TimeSpan.FromMinutes(Math.Clamp(parsed.GetValue(minutes), 0.1, 600)), parsed.GetValue(seed),
        Math.Clamp(parsed.GetValue(nodes), 1, 8), Math.Clamp(parsed.GetValue(writers), 1, 16));
    var scratch = Directory.CreateTempSubdirectory("k12hub-faults-").FullName;
    try
    {
        await using var server = await FaultServer.StartAsync(Path.Combine(scratch, "postgres"), ct);
        return parsed.GetValue(breaks)
            ? await WrongDesigns.RunAsync(options, server, scratch, parsed.GetValue(design))
            : await RightDesignAsync(options, server, scratch);
    }
    finally
    {
        Directory.Delete(scratch, recursive: true);
    }
});
return await command.Parse(args).InvokeAsync();

static async Task<int> RightDesignAsync(FaultOptions options, FaultServer server, string scratch)
{
    var verdict = await new FaultRun(options, server, scratch).RunAsync(null);
    var word = (verdict.Held, verdict.MeansSomething) switch
    {
        (false, _) => "FAILED",
        (_, false) => "UNPROVEN",
        _ => "HELD",
    };
    Console.WriteLine($"{word} {verdict}");
    return word == "HELD" ? 0 : 1;
}
