using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using K12Hub.Accounts;

namespace K12Hub.App;

/// <summary><c>K12Hub token …</c>: what programs use the API with.</summary>
internal static class TokenCommand
{
    private const int DefaultDays = 90;

    /// <summary>The verb with its own verbs.</summary>
    /// <param name="settings">Reads the settings off a parsed command line.</param>
    public static Command Verb(Func<ParseResult, AppSettings> settings)
    {
        var list = new Command("list", "All tokens, the latest first, with when they were last used.")
        {
            StoreVerb.AsJson,
        };
        list.SetAction((parsed, ct) => RunAsync(settings(parsed), async (desk, _) =>
        {
            var all = await desk.ListAsync("", ct);
            StoreVerb.Say(parsed.GetValue(StoreVerb.AsJson), all, string.Join('\n', all.Select(Line)));
            return ExitCodes.Done;
        }, ct));
        return new Command("token", "What programs use the API with.") { Create(settings), list, Revoke(settings) };
    }

    private static Command Create(Func<ParseResult, AppSettings> settings)
    {
        var name = new Argument<string>("name") { Description = "What people call it." };
        var may = new Option<string[]>("--permission")
        {
            Description = "What may be done with it in the whole district; all for everything.",
            AllowMultipleArgumentsPerToken = true,
        };
        var days = new Option<int>("--days")
        {
            Description = "When it ends; 1 to 365 days. Default: 90.",
            DefaultValueFactory = _ => DefaultDays,
        };
        var role = new Option<string?>("--role")
        {
            Description = "A role it has, beside permissions or instead of them: integration and so on.",
        };
        var schools = new Option<Guid[]>("--school")
        {
            Description = "The schools the role is for, by their ids; none for the whole district.",
            AllowMultipleArgumentsPerToken = true,
        };
        var create = new Command("create", "Gives a token out and prints it, this once.")
        {
            name, may, role, schools, days, StoreVerb.AsJson,
        };
        create.SetAction((parsed, ct) => RunAsync(settings(parsed), async (desk, time) =>
        {
            var (wanted, given) = (parsed.GetValue(may) ?? [], parsed.GetValue(role));
            var (id, secret, refusal) = await desk.CreateAsync(
                parsed.GetRequiredValue(name), wanted is ["all"] ? null : wanted,
                time.GetUtcNow().AddDays(parsed.GetValue(days)), StoreVerb.Actor, ct,
                given is null ? null : new(given, parsed.GetValue(schools) ?? []));
            if (refusal is not null) throw new ValidationException(refusal.Message);

            StoreVerb.Say(parsed.GetValue(StoreVerb.AsJson), new { token = id, secret }, secret);
            return ExitCodes.Done;
        }, ct));
        return create;
    }

    private static Command Revoke(Func<ParseResult, AppSettings> settings)
    {
        var which = new Argument<string>("token") { Description = "Its name, or its id." };
        var revoke = new Command("revoke", "Takes a token back: running servers forget it within five seconds.")
        {
            which, StoreVerb.AsJson,
        };
        revoke.SetAction((parsed, ct) => RunAsync(settings(parsed), async (desk, _) =>
        {
            var done = await desk.RevokeAsync(parsed.GetRequiredValue(which), StoreVerb.Actor, ct);
            StoreVerb.Say(
                parsed.GetValue(StoreVerb.AsJson), new { done }, done ? "It is revoked." : "There is no such token.");
            return done ? ExitCodes.Done : ExitCodes.BadInput;
        }, ct));
        return revoke;
    }

    private static string Line(ListedToken token) =>
        $"{token.Id}  {(token.RevokedAt is null ? $"until {token.ExpiresAt:u}" : "revoked"),-26}  "
        + $"{(token.UsedAt is { } used ? $"used {used:u}" : "never used"),-25}  {token.Name}";

    private static Task<int> RunAsync(
        AppSettings settings, Func<TokenDesk, TimeProvider, Task<int>> run, CancellationToken ct) =>
        StoreVerb.RunAsync(settings, services => run(
            services.GetRequiredService<TokenDesk>(), services.GetRequiredService<TimeProvider>()), ct);
}
