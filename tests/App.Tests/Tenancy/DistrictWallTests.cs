using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace K12Hub.App.Tests.Tenancy;

/// <summary>Two districts with a row in every table of this program, whatever modules it has: the role it works as sees
/// and changes those of the district it has named, and nothing else.</summary>
public sealed class DistrictWallTests : IAsyncLifetime
{
    // What a row needs, by type, with one id everywhere, so that views find what they join; what a table wants besides
    // is in Exceptions.
    private const string Columns =
        """
        select a.attname::text, case
                 when t.typcategory = 'A' then '''{}'''
                 when t.typname = 'uuid' then '''00000000-0000-0000-0000-000000000001'''
                 when t.typname = 'jsonb' then '''{}'''
                 when t.typname = 'bool' then 'false'
                 when t.typname = 'bytea' then 'sha256(''x'')'
                 when t.typcategory = 'S' then '''x'''
                 when t.typcategory = 'N' then '1'
                 when t.typname = 'interval' then '''1 day'''
                 else 'now()' end
          from pg_attribute a join pg_type t on t.oid = a.atttypid
         where a.attrelid = $1::text::regclass and a.attnum > 0 and not a.attisdropped and a.attname <> 'tenant_id'
           and a.attnotnull and not a.atthasdef and a.attidentity = ''
         order by a.attnum
        """;

    private static readonly Dictionary<string, (string Column, string Value)> Exceptions = new()
    {
        ["es.audit_records"] = ("kind", "'read'"),
        ["es.subject_keys"] = ("erased_at", "now()"),
    };

    // No row, or no right to try.
    private static readonly string[] Nothing = ["0", "42501"];

    private readonly Folders folders = new();
    private TestDatabase database = null!;
    private NpgsqlDataSource owner = null!;
    private NpgsqlDataSource application = null!;
    private List<string> tables = [];

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        var services = new ServiceCollection();
        var hub = new HubBuilder(services, new ConfigurationBuilder().Build()).AddModules();
        hub.KeepKeysIn(folders.Data);
        hub.Register(_ => new(database.ApplicationConnectionString, database.ConnectionString));
        await using (var provider = services.BuildServiceProvider())
        {
            await provider.GetRequiredService<DocumentStore>().ApplySchemaAsync(HubProcess.Ct);
        }

        owner = NpgsqlDataSource.Create(database.ConnectionString);
        application = NpgsqlDataSource.Create(database.ApplicationConnectionString);
        tables = await ListAsync("select t::text from es.guarded_tables() t order by 1");
        foreach (var table in tables)
        {
            await ExecuteAsync(owner, await InsertAsync(table, 1));
            await ExecuteAsync(owner, await InsertAsync(table, 2));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        await owner.DisposeAsync();
        await database.DisposeAsync();
        folders.Dispose();
    }

    [Fact]
    public async Task Every_table_and_view_of_every_module_is_guarded() =>
        Assert.Empty(await DistrictGuard.ComplaintsAsync(database.ConnectionString, HubProcess.Ct));

    [Fact]
    public async Task Every_table_and_view_shows_the_district_that_was_named()
    {
        var views = await ListAsync("select v::text from es.guarded_views() v");
        Assert.NotEmpty(views);
        foreach (var name in tables.Concat(views))
        {
            var all = $"select coalesce(string_agg(distinct tenant_id::text, ' '), 'none') from {name}";
            Assert.Equal((name, "1 2"), (name, await TextAsync(owner, all)));
            Assert.Equal((name, "1"), (name, await TextAsync(application, all, district: 1)));
            Assert.Equal((name, "none"), (name, await TextAsync(application, all)));
        }
    }

    [Fact]
    public async Task No_row_of_another_district_is_written_changed_or_deleted()
    {
        foreach (var table in tables)
        {
            var insert = await InsertAsync(table, 2);
            Assert.Equal((table, "42501"), (table, await TryAsync(insert)));
            Assert.Equal((table, "42501"), (table, await TryAsync($"update {table} set tenant_id = 2")));
            Assert.Contains(await TryAsync($"update {table} set tenant_id = 1 where tenant_id = 2"), Nothing);
            Assert.Contains(await TryAsync($"delete from {table} where tenant_id = 2"), Nothing);
        }

        foreach (var table in tables)
        {
            Assert.Equal("1", await TextAsync(owner, $"select count(*)::text from {table} where tenant_id = 2"));
        }
    }

    private async Task<string> InsertAsync(string table, short district)
    {
        await using var command = owner.CreateCommand(Columns);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
        await using var rows = await command.ExecuteReaderAsync(HubProcess.Ct);
        var (names, values) = (new List<string> { "tenant_id" }, new List<string> { $"{district}" });
        while (await rows.ReadAsync(HubProcess.Ct))
        {
            names.Add($"\"{rows.GetString(0)}\"");
            values.Add(rows.GetString(1));
        }

        if (Exceptions.TryGetValue(table, out var more))
        {
            var place = names.IndexOf($"\"{more.Column}\"");
            if (place >= 0) (names, values) = (Without(names, place), Without(values, place));
            names.Add(more.Column);
            values.Add(more.Value);
        }

        return $"insert into {table} ({string.Join(", ", names)}) values ({string.Join(", ", values)})";
    }

    private static List<string> Without(List<string> all, int place) => [.. all.Where((_, i) => i != place)];

    /// <summary>What becomes of a statement about Lincoln: how many rows it wrote, or the error.</summary>
    private async Task<string> TryAsync(string sql)
    {
        await using var connection = await application.OpenConnectionAsync(HubProcess.Ct);
        await using var transaction = await connection.BeginTransactionAsync(HubProcess.Ct);
        try
        {
            await using var name = new NpgsqlCommand("select set_config('k12.tenant', '1', true)", connection);
            await name.ExecuteNonQueryAsync(HubProcess.Ct);
            await using var command = new NpgsqlCommand(sql, connection);
            return $"{await command.ExecuteNonQueryAsync(HubProcess.Ct)}";
        }
        catch (PostgresException refused)
        {
            return refused.SqlState;
        }
    }

    private async Task<List<string>> ListAsync(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync(HubProcess.Ct);
        var all = new List<string>();
        while (await rows.ReadAsync(HubProcess.Ct)) all.Add(rows.GetString(0));
        return all;
    }

    private static async Task<string> TextAsync(NpgsqlDataSource source, string sql, short? district = null)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new($"select set_config('k12.tenant', '{district}', true)"));
        batch.BatchCommands.Add(new(sql));
        await using var rows = await batch.ExecuteReaderAsync(HubProcess.Ct);
        await rows.NextResultAsync(HubProcess.Ct);
        await rows.ReadAsync(HubProcess.Ct);
        return rows.GetString(0);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(HubProcess.Ct);
    }
}
