using System.CommandLine;
using K12Hub.Accounts;

namespace K12Hub.App;

/// <summary><c>K12Hub user …</c>: accounts of people, beside running servers or without one.</summary>
internal static class UserCommand
{
    private static readonly Argument<string> Who = new("user")
    {
        Description = "What the person types to sign in, or the id of the account.",
    };

    /// <summary>The verb with its own verbs.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings)
    {
        var name = new Argument<string>("sign-in-name") { Description = "What the person types; mostly an address." };
        var person = new Option<string>("--name") { Description = "The person's name.", Required = true };
        var add = new Command("add", "Makes an account and prints the link with which its owner chooses a password.")
        {
            name, person, StoreVerb.AsJson,
        };
        add.SetAction((parsed, ct) => RunAsync(settings(parsed), desk => AddAsync(
            desk, parsed.GetRequiredValue(name), parsed.GetRequiredValue(person),
            parsed.GetValue(StoreVerb.AsJson)), ct));
        var list = new Command("list", "All accounts, by name.") { StoreVerb.AsJson };
        list.SetAction((parsed, ct) => RunAsync(
            settings(parsed), desk => ListAsync(desk, parsed.GetValue(StoreVerb.AsJson), ct), ct));
        return new Command("user", "Accounts of people.")
        {
            add,
            list,
            Change("disable", "Ends every session, and lets nobody in any more.", "is disabled",
                (desk, id, ct) => desk.DisableAsync(id, StoreVerb.Actor, ct)),
            Change("enable", "Lets the owner in again.", "is enabled",
                (desk, id, ct) => desk.EnableAsync(id, StoreVerb.Actor, ct)),
            Change("reset-factor", "Takes second factors away; the next sign-in sets them up.", "has no second factor",
                (desk, id, ct) => desk.ResetFactorsAsync(id, StoreVerb.Actor, ct)),
            ResetPassword(settings), Link(settings),
        };

        Command Change(
            string verb, string what, string now, Func<AccountDesk, Guid, CancellationToken, Task<bool>> change)
        {
            var command = new Command(verb, what) { Who, StoreVerb.AsJson };
            command.SetAction((parsed, ct) => RunAsync(settings(parsed), async desk =>
            {
                var found = await FindAsync(desk, parsed, ct);
                var done = found is { } id && await change(desk, id, ct);
                return Say(parsed, done, new { account = found, done }, done ? $"{found} {now}." : NoSuch);
            }, ct));
            return command;
        }
    }

    private const string NoSuch = "There is no such account.";

    private static Command ResetPassword(Func<ParseResult, AppSettings> settings)
    {
        var command = new Command("reset-password", "Prints a link with which the owner chooses a new password.")
        {
            Who, StoreVerb.AsJson,
        };
        command.SetAction((parsed, ct) => RunAsync(settings(parsed), async desk =>
        {
            var found = await FindAsync(desk, parsed, ct);
            var link = found is { } id ? await desk.ResetPasswordAsync(id, StoreVerb.Actor, ct) : null;
            return Say(parsed, link is not null, new { account = found, link }, link ?? NoSuch);
        }, ct));
        return command;
    }

    private static Command Link(Func<ParseResult, AppSettings> settings)
    {
        var issuer = new Option<string>("--issuer") { Description = "The provider's issuer.", Required = true };
        var subject = new Option<string>("--subject")
        {
            Description = "The provider's word for the person (sub), never an address.", Required = true,
        };
        var command = new Command("link", "Has whom a provider knows under a subject sign in to the account.")
        {
            Who, issuer, subject, StoreVerb.AsJson,
        };
        command.SetAction((parsed, ct) => RunAsync(settings(parsed), async desk =>
        {
            var found = await FindAsync(desk, parsed, ct);
            var done = found is { } id && await desk.LinkAsync(
                id, parsed.GetRequiredValue(issuer), parsed.GetRequiredValue(subject), StoreVerb.Actor, ct);
            return Say(parsed, done, new { account = found, done }, done
                ? $"{found} is linked."
                : "There is no such account, or this person signs in to another one.");
        }, ct));
        return command;
    }

    private static async Task<int> AddAsync(AccountDesk desk, string signInName, string name, bool json)
    {
        try
        {
            if (await desk.InviteAsync(signInName, name, StoreVerb.Actor) is not var (id, link))
            {
                throw new RefusedException("The name is taken.");
            }

            StoreVerb.Say(json, new { account = id, link }, $"{id}\n{link}");
            return ExitCodes.Done;
        }
        catch (ArgumentException wrong)
        {
            throw new System.ComponentModel.DataAnnotations.ValidationException(wrong.Message, wrong);
        }
    }

    private static async Task<int> ListAsync(AccountDesk desk, bool json, CancellationToken ct)
    {
        var all = new List<ListedAccount>();
        for (ListedAccount? last = null; ; last = all[^1])
        {
            var page = await desk.ListAsync(last, ct);
            if (page.Count == 0) break;
            all.AddRange(page);
        }

        StoreVerb.Say(json, all, string.Join('\n', all.Select(account =>
            $"{account.Id}  {account.State,-8}  {account.SignInName}  {account.Name}")));
        return ExitCodes.Done;
    }

    private static Task<Guid?> FindAsync(AccountDesk desk, ParseResult parsed, CancellationToken ct) =>
        desk.FindAsync(parsed.GetRequiredValue(Who), ct);

    private static int Say(ParseResult parsed, bool done, object outcome, string sentence)
    {
        StoreVerb.Say(parsed.GetValue(StoreVerb.AsJson), outcome, sentence);
        return done ? ExitCodes.Done : ExitCodes.BadInput;
    }

    private static Task<int> RunAsync(
        AppSettings settings, Func<AccountDesk, Task<int>> run, CancellationToken ct) =>
        StoreVerb.RunAsync(settings, services => run(services.GetRequiredService<AccountDesk>()), ct);
}
