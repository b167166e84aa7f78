using System.Globalization;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Tables of one run, in a schema of their own: what the source sends, until it is compared.</summary>
/// <remarks>
/// They are not logged, so filling them costs no write-ahead log; they are ordinary tables, so two connections see
/// them. A run that is killed leaves them behind; the next one drops them first. Only one run of a district goes on
/// at a time, on whatever node: the lock belongs to the connection and ends with it.
/// </remarks>
internal sealed class StagingArea : IAsyncDisposable
{
    /// <summary>First number of the lock; the second is the district. Exclusive, as shared advisory locks belong to
    /// the event store.</summary>
    public const int LockNumber = 0x4B12;

    private readonly string schema;

    private StagingArea(NpgsqlConnection main, NpgsqlConnection second, string schema) =>
        (Main, Second, this.schema) = (main, second, schema);

    /// <summary>The connection that checks, compares and writes.</summary>
    public NpgsqlConnection Main { get; }

    /// <summary>The connection that fills a second table, and reads what changed, while the other one writes.</summary>
    public NpgsqlConnection Second { get; }

    /// <summary>Opens an empty area, or null when another run of the district does not end within half a minute: time
    /// enough for the server to notice that a killed one is gone.</summary>
    public static async Task<StagingArea?> OpenAsync(DocumentStore store, DistrictId district, CancellationToken ct)
    {
        var schema = string.Create(CultureInfo.InvariantCulture, $"roster_stage_{district.Value}");
        var main = await store.OwnerDataSource.OpenConnectionAsync(ct);
        NpgsqlConnection? second = null;
        try
        {
            second = await store.OwnerDataSource.OpenConnectionAsync(ct);
            var area = new StagingArea(main, second, schema);
            if (await area.BeginAsync(store.Options.Tables, district, ct)) return area;
        }
        catch
        {
            await GiveBackAsync(main, second, isHeld: true);
            throw;
        }

        await GiveBackAsync(main, second, isHeld: false);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var isHeld = true;
        try
        {
            await Second.DisposeAsync();
            if (Main.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await Main.RunAsync(
                    $"drop schema if exists {schema} cascade; select pg_advisory_unlock_all()", default);
            }

            isHeld = false;
        }
        finally
        {
            await GiveBackAsync(Main, null, isHeld);
        }
    }

    /// <summary>Connections that are not given back are missed by all others.</summary>
    /// <param name="main">The one that may hold the district's lock.</param>
    /// <param name="second">The other one, if it was opened.</param>
    /// <param name="isHeld">Whether it may hold it still: it would take it into the pool, so it is closed.</param>
    private static async Task GiveBackAsync(NpgsqlConnection main, NpgsqlConnection? second, bool isHeld)
    {
        if (isHeld) NpgsqlConnection.ClearPool(main);
        await main.DisposeAsync();
        if (second is not null) await second.DisposeAsync();
    }

    /// <returns>False when another run does not end.</returns>
    private async Task<bool> BeginAsync(TableMaps tables, DistrictId district, CancellationToken ct)
    {
        foreach (var connection in (NpgsqlConnection[])[Main, Second])
        {
            await connection.RunAsync(SqlFile.Fill("settings", ("schema", schema)), ct);
        }

        if (!await LockAsync(district, ct)) return false;

        await Main.RunAsync($"drop schema if exists {schema} cascade; create schema {schema}", ct);
        await CreateTablesAsync(tables, ct);
        return true;
    }

    private async Task<bool> LockAsync(DistrictId district, CancellationToken ct)
    {
        try
        {
            await Main.RunAsync("select pg_advisory_lock($1, $2)", ct, LockNumber, (int)district.Value);
            return true;
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private async Task CreateTablesAsync(TableMaps tables, CancellationToken ct)
    {
        foreach (var kind in RosterKinds.All)
        {
            var row = tables.All.Single(table => table.View == kind.View);
            await Main.RunAsync(StagingDdl.Create(kind, row), ct);
            await Main.RunAsync(RosterSql.About(kind, "sent"), ct);
        }

        await Main.RunAsync(SqlFile.Fill("working_tables"), ct);
    }
}
