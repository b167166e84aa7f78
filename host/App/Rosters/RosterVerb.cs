using System.CommandLine;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary><c>K12Hub roster</c>: brings rosters in, and decides about what is held.</summary>
internal static class RosterVerb
{
    /// <summary>The verb with its own verbs.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings) =>
        new("roster", "Rosters from the student information system.")
        {
            Import(settings, "import", "Brings a roster in: all that differs from what is known. When so much would "
                + "end that it looks wrong, it is held for a person, with exit code 3.", proposeOnly: false),
            Import(settings, "propose", "Reads and compares a roster and keeps it for a person to decide about.",
                proposeOnly: true),
            Supplement(settings),
            Overrides(settings),
            Match(settings),
            Decide(settings, "apply", "Does exactly what a held run shows.",
                (runs, run, ct) => runs.ApplyAsync(run, ct)),
            Reject(settings),
            Decide(settings, "rollback", "Takes the newest applied run of a source back: the roster is as before it.",
                (runs, run, ct) => runs.RollBackAsync(run, ct)),
            Runs(settings),
            Quality(settings),
            Decide(settings, "show", "What a run does to which school.",
                (runs, run, ct) => runs.ShowAsync(run, ct)),
        };

    private static Command Import(
        Func<ParseResult, AppSettings> settings, string name, string description, bool proposeOnly)
    {
        var path = new Argument<string>("package")
        {
            Description = "A OneRoster CSV package (a zip file, or a folder with the files), or the name of a system "
                + "or folder in the settings.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print the outcome as one line of JSON and nothing else.",
        };
        var source = OfSource("The source a package comes from: part of every id, so always the same.");
        var changes = new Option<bool>("--changes")
        {
            Description = "Ask a system only for what changed since its last import.",
        };
        var again = new Option<bool>("--again")
        {
            Description = "Take a package in although it was read before, and a newer one since.",
        };
        var import = new Command(name, description) { path, source, json, changes, again };
        import.SetAction((parsed, ct) => RosterImportCommand.RunAsync(
            settings(parsed), parsed.GetRequiredValue(path), new(proposeOnly, parsed.GetValue(changes)),
            new(RosterSources.KeyOf(parsed.GetRequiredValue(source)), proposeOnly, parsed.GetValue(again)),
            parsed.GetValue(json), ct));
        return import;
    }

    private static Command Supplement(Func<ParseResult, AppSettings> settings)
    {
        var path = new Argument<string>("file") { Description = "A CSV file keyed by the sourcedIds of a roster." };
        var source = OfSource("The source whose people it is about.");
        var propose = new Option<bool>("--propose")
        {
            Description = "Read and compare it, and keep it for a person to decide about.",
        };
        var json = new Option<bool>("--json")
        {
            Description = "Print the outcome as one line of JSON and nothing else.",
        };
        var supplement = new Command(
            "supplement", "Takes in what a roster has no place for: languages, exit reasons, custody and so on.")
        {
            path, source, propose, json,
        };
        supplement.SetAction((parsed, ct) => RosterImportCommand.SupplementAsync(
            settings(parsed), parsed.GetRequiredValue(path), RosterSources.KeyOf(parsed.GetRequiredValue(source)),
            parsed.GetValue(propose), parsed.GetValue(json), ct));
        return supplement;
    }

    private static Command Match(Func<ParseResult, AppSettings> settings)
    {
        var match = new Command(
            "match",
            "Looks for records of one person in several sources: links what identifiers say, suggests the rest.")
        {
            StoreVerb.District, StoreVerb.AsJson,
        };
        match.SetAction((parsed, ct) => RosterMatchCommand.RunAsync(
            settings(parsed), StoreVerb.DistrictOf(parsed), parsed.GetValue(StoreVerb.AsJson), ct));
        return match;
    }

    private static Command Overrides(Func<ParseResult, AppSettings> settings)
    {
        var source = OfSource("The source whose owners are told.");
        var overrides = new Command(
            "overrides", "What the district says otherwise than a source, as CSV for those who own the source.")
        {
            source, StoreVerb.District,
        };
        overrides.SetAction((parsed, ct) => StoreVerb.RunAsync(
            settings(parsed), async store =>
            {
                await new FieldOverrides(store, TimeProvider.System).ReportAsync(
                    StoreVerb.DistrictOf(parsed), RosterSources.KeyOf(parsed.GetRequiredValue(source)), Console.Out,
                    StoreVerb.Notes(store, parsed), ct);
                return ExitCodes.Done;
            }, ct));
        return overrides;
    }

    private static Command Decide(
        Func<ParseResult, AppSettings> settings, string name, string description,
        Func<RosterRunsCommand, Guid, CancellationToken, Task<int>> run)
    {
        var id = Run();
        var verb = new Command(name, description) { id, StoreVerb.District, StoreVerb.AsJson };
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(
            settings(parsed), store => run(RosterRunsCommand.Of(parsed, store), parsed.GetRequiredValue(id), ct), ct));
        return verb;
    }

    private static Command Reject(Func<ParseResult, AppSettings> settings)
    {
        var id = Run();
        var reason = new Option<string>("--reason")
        {
            Description = "Why; it is kept, so never a name.",
            Required = true,
        };
        var verb = new Command("reject", "Says no to a held run: nothing of it is applied.")
        {
            id, reason, StoreVerb.District, StoreVerb.AsJson,
        };
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(
            settings(parsed), store => RosterRunsCommand.Of(parsed, store).RejectAsync(
                parsed.GetRequiredValue(id), parsed.GetRequiredValue(reason), ct), ct));
        return verb;
    }

    private static Command Runs(Func<ParseResult, AppSettings> settings)
    {
        var verb = new Command("runs", "The latest 20 runs.") { StoreVerb.District, StoreVerb.AsJson };
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(
            settings(parsed), store => RosterRunsCommand.Of(parsed, store).ListAsync(ct), ct));
        return verb;
    }

    private static Command Quality(Func<ParseResult, AppSettings> settings)
    {
        var school = new Option<Guid?>("--school") { Description = "Of one school, by its id. Default: of all." };
        var csv = new Option<string?>("--csv")
        {
            Description = "Also write every record with something wrong to this file.",
        };
        var verb = new Command("quality", "How good the data is: a score per school, and what is wrong.")
        {
            school, csv, StoreVerb.District, StoreVerb.AsJson,
        };
        verb.SetAction((parsed, ct) => StoreVerb.RunAsync(
            settings(parsed),
            store => new QualityCommand(
                new(store), StoreVerb.DistrictOf(parsed), StoreVerb.Notes(store, parsed)).RunAsync(
                new(parsed.GetValue(school), parsed.GetValue(csv), parsed.GetValue(StoreVerb.AsJson)), ct), ct));
        return verb;
    }

    private static Option<string> OfSource(string description) => new("--source")
    {
        Description = $"{description} Default: sis.",
        DefaultValueFactory = _ => ImportOptions.MainSource,
        Validators =
        {
            option =>
            {
                if (option.Tokens is [var name] && !IsSource(name.Value))
                {
                    option.AddError("--source is 1 to 40 letters, digits, - and _.");
                }
            },
        },
    };

    private static bool IsSource(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static Argument<Guid> Run() => new("run") { Description = "The run's id, as import and runs tell it." };
}
