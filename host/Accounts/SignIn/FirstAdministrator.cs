using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Accounts;

/// <summary>What can have happened to an installation before anybody could sign in.</summary>
internal sealed record SetUpDone(Guid FirstAdministrator);

/// <summary>Whether an installation has its first administrator.</summary>
internal sealed record SetUp(Guid Id, bool IsDone)
{
    /// <summary>The one stream of a district; fixed, so that it is started once.</summary>
    public static readonly Guid Stream = new("5e7005e7-0000-8000-8000-000000000001");

    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<SetUpDone>("accounts.set_up_done");
        store.Aggregates.Add<SetUp>(
            "accounts_set_up", id => new(id, false), (state, _) => state with { IsDone = true });
    }
}

/// <summary>A file that says, outside the database, that there once was a first administrator.</summary>
/// <param name="Path">Where it is; null for nowhere.</param>
public sealed record SetUpMark(string? Path);

/// <summary>Makes the first account, for whoever can read the console the server was started on; once in the life of an
/// installation.</summary>
internal sealed class FirstAdministrator(
    DocumentStore store, AccountsSettings settings, PasswordRules rules,
    Microsoft.AspNetCore.Identity.IPasswordHasher<AccountUser> hasher, SetUpMark mark, TimeProvider time)
{
    private const int CodeGroups = 6, GroupLength = 4;

    private const string Keep =
        $"insert into {AccountsTables.SetupCodes} (tenant_id, hash, printed_at) values ($1, $2, $3)";

    private const string Find =
        $"""
        select exists (select from {AccountsTables.SetupCodes}
                        where tenant_id = $1 and hash = $2 and printed_at > $3)
        """;

    private const string Forget = $"delete from {AccountsTables.SetupCodes} where tenant_id = $1";

    private static readonly TimeSpan CodeLife = TimeSpan.FromDays(7);

    private volatile bool isDone;

    private DistrictId District => new(settings.District);

    /// <summary>Whether there is no first administrator yet. The log of events says so and a file beside the database:
    /// that a table is empty proves nothing.</summary>
    public async Task<bool> IsMissingAsync(CancellationToken ct)
    {
        if (isDone || (mark.Path is { } file && File.Exists(file))) return false;

        await using var session = store.LightweightSession(District);
        isDone = await session.Events.FetchStreamStateAsync(SetUp.Stream, ct) is not null;
        return !isDone;
    }

    /// <summary>A code for the console; null when there is a first administrator.</summary>
    public async Task<string?> NewCodeAsync(CancellationToken ct)
    {
        if (!await IsMissingAsync(ct)) return null;

        var code = string.Join('-', Enumerable.Range(0, CodeGroups).Select(_ =>
            RandomNumberGenerator.GetString("23456789ABCDEFGHJKLMNPQRSTUVWXYZ", GroupLength)));
        await using var keep = new DistrictSql(store, District).With(Keep, HashOf(code), time.GetUtcNow());
        await keep.RunAsync(ct);
        return code;
    }

    public async Task<bool> IsCodeAsync(string code, CancellationToken ct)
    {
        await using var ask = new DistrictSql(store, District).With(Find, HashOf(code), time.GetUtcNow() - CodeLife);
        await using var rows = await ask.ReadAsync(ct);
        return await rows.ReadAsync(ct) && rows.GetBoolean(0);
    }

    /// <summary>Makes the account. Of two who try at the same moment one does.</summary>
    /// <returns>The account, or what is wrong with the password; neither when somebody was faster.</returns>
    public async Task<(AccountUser? User, string? Complaint)> MakeAsync(
        string signInName, string name, string password, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var user = AccountUser.New(Guid.CreateVersion7(now), signInName, name, isFirst: true, now);
        if (rules.Complaint(password, user.State) is { } complaint) return (null, complaint);

        user.Happens(new AccountEvent.PasswordSet(user.Id, hasher.HashPassword(user, password)));
        await using var session = store.LightweightSession(District, new EventMetadata("console"));
        session.Events.StartStream<SetUp>(SetUp.Stream, new SetUpDone(user.Id));
        session.Events.StartStream<Account>(user.Id, user.Pending);
        try
        {
            await session.SaveChangesAsync(ct);
        }
        catch (Exception faster) when (faster is ConcurrencyException
            or PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            return (null, null);
        }

        isDone = true;
        if (mark.Path is { } file) await File.WriteAllTextAsync(file, "There is a first administrator.\n", ct);
        await using var forget = new DistrictSql(store, District).With(Forget);
        await forget.RunAsync(ct);
        user.Saved();
        return (user, null);
    }

    private static string HashOf(string code) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(
        new string([.. code.Where(char.IsAsciiLetterOrDigit)]).ToUpperInvariant())));
}
