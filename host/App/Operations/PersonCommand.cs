using System.CommandLine;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary><c>K12Hub person</c>: makes what is stored about somebody unreadable for good, or gives it out.</summary>
internal static class PersonCommand
{
    /// <summary>The verb with its own verb.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings)
    {
        var id = new Argument<Guid>("person") { Description = "The person's id, as the API tells it." };
        var reason = new Option<string>("--reason")
        {
            Description = "Why, for instance the number of the request; it is kept, so never a name.",
            Required = true,
        };
        reason.Validators.Add(given =>
        {
            if (string.IsNullOrWhiteSpace(given.GetValueOrDefault<string>())) given.AddError("--reason is empty.");
        });
        var yes = new Option<bool>("--yes") { Description = "Do not ask whether this is meant." };
        var erase = new Command("erase", "Makes what is stored about a person unreadable, for good.")
        {
            id, reason, yes, StoreVerb.District, StoreVerb.AsJson,
        };
        erase.SetAction((parsed, ct) => StoreVerb.RunAsync(settings(parsed), services => EraseAsync(
            services, StoreVerb.DistrictOf(parsed), parsed.GetRequiredValue(id), parsed.GetRequiredValue(reason),
            parsed.GetValue(yes), parsed.GetValue(StoreVerb.AsJson), ct), ct));
        return new Command("person", "People and their personal data.") { erase, Export(settings, id) };
    }

    private static Command Export(Func<ParseResult, AppSettings> settings, Argument<Guid> id)
    {
        var to = new Option<string>("--to") { Description = "The file to write; it must not exist.", Required = true };
        var export = new Command("export", "Writes everything that is stored about a person into a file, as JSON.")
        {
            id, to, StoreVerb.District, StoreVerb.AsJson,
        };
        export.SetAction((parsed, ct) => StoreVerb.RunAsync(settings(parsed), services => ExportAsync(
            services, StoreVerb.Notes(services.GetRequiredService<DocumentStore>(), parsed),
            StoreVerb.DistrictOf(parsed), parsed.GetRequiredValue(id), parsed.GetRequiredValue(to),
            parsed.GetValue(StoreVerb.AsJson), ct), ct));
        return export;
    }

    private static async Task<int> ExportAsync(
        IServiceProvider services, AccessNotes notes, DistrictId district, Guid person, string path, bool json,
        CancellationToken ct)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

        var (file, isWhole) = (new FileStream(path, options), false);
        try
        {
            await using (file)
            {
                isWhole = await services.GetRequiredService<PersonExport>()
                    .WriteAsync(district, person, file, notes, ct);
            }
        }
        finally
        {
            if (!isWhole) File.Delete(path);
        }

        if (!isWhole)
            throw new RefusedException("Nothing was written: the roster of this district has no such person.");

        StoreVerb.Say(json, new { district = district.Value, person, file = path }, $"Written to {path}.");
        return ExitCodes.Done;
    }

    private static async Task<int> EraseAsync(
        IServiceProvider services, DistrictId district, Guid person, string reason, bool yes, bool json,
        CancellationToken ct)
    {
        var before = await services.GetRequiredService<DocumentStore>().Erasure.FindSubjectAsync(district, person, ct);
        if (!yes && !await IsMeantAsync(district, person, before, ct))
        {
            throw new RefusedException("Nothing was erased. Type the whole id, or give --yes.");
        }

        var entry = await services.GetRequiredService<PersonErasure>()
            .EraseAsync(district, person, reason, StoreVerb.Actor, ct) ?? throw new RefusedException(
                "Nothing was erased: there is a hold on this person (erasure.held), or a request to amend the record "
                + "waits (erasure.open_request). Release or decide it first.");
        StoreVerb.Say(
            json,
            new { erasure = entry.Id, district = district.Value, person, before },
            $"Erased, entry {entry.Id}. Running servers may read what they have in memory for up to five minutes.");
        return ExitCodes.Done;
    }

    /// <summary>Asks a person on standard error: standard output is for the answer.</summary>
    private static async Task<bool> IsMeantAsync(
        DistrictId district, Guid person, SubjectState before, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync(
            $"Person {person} of district {district.Value} {Known(before)}. What is erased cannot be brought back.");
        await Console.Error.WriteAsync("Type the id once more to erase: ");
        var typed = await Console.In.ReadLineAsync(ct);
        return Guid.TryParse(typed?.Trim(), out var again) && again == person;
    }

    private static string Known(SubjectState before) => before switch
    {
        SubjectState.Known => "has personal data in the log",
        SubjectState.Erased => "was erased before",
        _ => "is not known to the log; is the id right? Once erased, nothing is ever stored under it",
    };
}
