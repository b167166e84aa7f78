using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using K12Hub.District;
using K12Hub.District.Serving;

var students = new Option<int>("--students")
{
    Description = "Students on day 0, 100 to 1,000,000.",
    DefaultValueFactory = _ => 2000,
};
var rows = new Option<int?>("--rows") { Description = "Size by rows over all files instead of by students." };
var day = new Option<int>("--day") { Description = "Days since the first day of school, 0 to 300." };
var seed = new Option<int>("--seed")
{
    Description = "Another seed is another district.",
    DefaultValueFactory = _ => 1,
};
var version = new Option<string>("--version") { Description = "OneRoster version.", DefaultValueFactory = _ => "1.2" };
version.AcceptOnlyFromAmong("1.1", "1.2");
var output = new Option<FileInfo>("--out") { Description = "The zip to write.", Required = true };
var changes = new Option<FileInfo?>("--changes")
{
    Description = "Where to write what changed since the day before, as JSON.",
};

var supplement = new Option<FileInfo?>("--supplement")
{
    Description = "Where to write what OneRoster has no place for, as CSV: languages, homes, who may be contacted.",
};

var command = new RootCommand("Writes a believable school district as a OneRoster CSV package.");
// The root command's own --version would say the version of this program.
foreach (var own in command.Options.OfType<VersionOption>().ToArray()) command.Options.Remove(own);
foreach (var option in new Option[] { students, rows, day, seed, version, output, changes, supplement })
    command.Options.Add(option);
command.Subcommands.Add(ServeCommand.Make());

command.SetAction(async (parsed, ct) =>
{
    var stopwatch = Stopwatch.StartNew();
    var oneRoster = parsed.GetRequiredValue(version);
    var size = parsed.GetValue(rows) is { } wanted
        ? DistrictPlan.ForRows(wanted, oneRoster).Students
        : parsed.GetValue(students);
    var plan = new DistrictPlan(size, parsed.GetValue(seed), parsed.GetValue(day));
    var list = parsed.GetValue(changes);
    var problem = list is not null && plan.Day == 0
        ? "--changes needs --day 1 or later: nothing precedes day 0."
        : plan.Problem;
    if (problem is not null)
    {
        await Console.Error.WriteLineAsync(problem);
        return 2;
    }

    var zip = parsed.GetRequiredValue(output);
    await OneRosterCsvWriter.WriteZipAsync(plan, oneRoster, zip.FullName, ct);
    if (list is not null)
    {
        var indented = new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true };
        var json = JsonSerializer.Serialize(ChangeList.Of(plan, oneRoster), indented);
        await File.WriteAllTextAsync(list.FullName, json + "\n", ct);
    }

    if (parsed.GetValue(supplement) is { } beside) await SupplementCsvWriter.WriteAsync(plan, beside.FullName, ct);

    Console.WriteLine($"{zip.Name}: {plan.Students} students on day {plan.Day}, OneRoster {oneRoster}, "
        + $"{new FileInfo(zip.FullName).Length / 1024} KiB, {stopwatch.Elapsed.TotalSeconds:0.0} s");
    return 0;
});

return await command.Parse(args).InvokeAsync();
