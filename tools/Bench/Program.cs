using System.CommandLine;
using K12Hub.Bench.Engine;
using K12Hub.Bench.Finding;
using K12Hub.Bench.InProcess;
using K12Hub.Bench.Page;
using K12Hub.Bench.Roster;

var rows = new Option<int>("--rows") { Description = "Rows of the roster.", DefaultValueFactory = _ => 1_000_000 };
var small = new Option<int>("--small") { Description = "Rows of the small roster.", DefaultValueFactory = _ =>
    100_000 };
var events = new Option<int>("--events") { Description = "Events of the log.", DefaultValueFactory = _ =>
    1_000_000 };
var students = new Option<int>("--students") { Description = "Students.", DefaultValueFactory = _ => 50_000 };
var seconds = new Option<int>("--seconds") { Description = "Seconds per measurement, 1 to 60.",
    DefaultValueFactory = _ => 5 };
var minutes = new Option<int>("--minutes") { Description = "Minutes, 1 to 60.", DefaultValueFactory = _ => 10 };
var log = new Option<int>("--log") { Description = "Events in the largest log, 10,000 to 100,000,000.",
    DefaultValueFactory = _ => 1_000_000 };

var idle = new Option<int>("--idle") { Description = "Seconds to wait, 1 to 600.", DefaultValueFactory = _ => 30 };

var bench = new RootCommand("Measures what K12Hub claims, against raw limits taken in the same run.");
Add("roster", "Import of a roster, first and again, against plain COPY.", [rows, small], (parsed, ct) =>
    RosterBench.RunAsync(parsed.GetValue(rows), parsed.GetValue(small), ct));
Add("beside", "Pages of students while a roster is imported, against an idle server.", [students, seconds],
    (parsed, ct) => BesideRunBench.RunAsync(parsed.GetValue(students), parsed.GetValue(seconds), ct));
Add("rest", "A roster over HTTP, against a bare client that reads the same pages.", [small], (parsed, ct) =>
    RestBench.RunAsync(parsed.GetValue(small), ct));
Add("rest-server", "The server, started by rest.", [rows], (parsed, ct) =>
    RestBench.ServeAsync(parsed.GetValue(rows), ct));
Add("page", "A page of students over HTTP, against a hand-written endpoint.", [students, seconds], (parsed, ct) =>
    PageBench.RunAsync(parsed.GetValue(students), parsed.GetValue(seconds), ct));
Add("directory", "Questions in everyday words over HTTP.", [seconds], (parsed, ct) =>
    FindBench.RunAsync(parsed.GetValue(seconds), ct));
Add("start", "From starting on existing data to the first answer.", [], (_, ct) => StartBench.RunAsync(ct));
Add("idle", "Processor time of a server that nobody asks anything.", [idle], (parsed, ct) =>
    IdleBench.RunAsync(parsed.GetValue(idle), ct));
Add("graphql", "The GraphQL library without I/O: executing, starting, reading, validating.", [], (_, ct) =>
    GraphQLBench.RunAsync(ct));
Add("graphql-soak", "Memory of a server that is asked 10,000 different documents.", [minutes], (parsed, ct) =>
    GraphQLSoak.RunAsync(parsed.GetValue(minutes), ct));
Add("append", "Events one by one and by five, against a bare insert.", [seconds, log], (parsed, ct) =>
    AppendBench.RunAsync(parsed.GetValue(seconds), parsed.GetValue(log), ct));
Add("bulk", "Events by the million in one transaction, against plain COPY.", [rows], (parsed, ct) =>
    BulkBench.RunAsync(parsed.GetValue(rows), ct));
Add("store", "Projections, rebuilds with readers, and asking what is settled under writers.", [events, seconds],
    (parsed, ct) => StoreBench.RunAsync(parsed.GetValue(events), parsed.GetValue(seconds), ct));
Add("raw-endpoint", "The hand-written endpoint, started by page.", [], (_, ct) =>
    RawEndpoint.ServeAsync(Environment.GetEnvironmentVariable(PageBench.RawSetting) ?? "", ct));

Add(SchemaFigures.ColdCommand, "One schema in a fresh process, started by graphql.", [], (_, _) =>
{
    SchemaFigures.BuildOnce();
    return Task.CompletedTask;
});

return await bench.Parse(args).InvokeAsync();

void Add(string name, string description, Option[] options, Func<ParseResult, CancellationToken, Task> run)
{
    var command = new Command(name, description);
    foreach (var option in options) command.Options.Add(option);
    command.SetAction(run);
    bench.Subcommands.Add(command);
}
