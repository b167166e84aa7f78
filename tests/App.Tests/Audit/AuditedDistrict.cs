using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using K12Hub.Testing;
using Npgsql;

namespace K12Hub.App.Tests.Audit;

/// <summary>One running server whose access records are looked at; the tests of a class share it.</summary>
public sealed class AuditedDistrict : IAsyncLifetime
{
    private readonly (string Name, string Value)[] settings;
    private TestDatabase database = null!;
    private NpgsqlDataSource owner = null!;

    public AuditedDistrict()
        : this([])
    {
    }

    internal AuditedDistrict(params (string Name, string Value)[] settings) => this.settings = settings;

    public Folders Folders { get; } = new();

    public HubProcess Hub { get; private set; } = null!;

    /// <summary>Who asks: the id of the token that the requests show.</summary>
    public string Actor { get; private set; } = "";

    private static CancellationToken Ct => HubProcess.Ct;

    /// <summary>How the server's process and its verbs reach the database.</summary>
    public (string Name, string Value)[] Environment =>
    [
        ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
        ("K12HUB__Database__OwnerConnectionString", database.ConnectionString),
    ];

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        owner = NpgsqlDataSource.Create(database.ConnectionString);
        Hub = await HubProcess.ServeAsync(Folders.Data, [.. Environment, .. settings]);
        Actor = await ScalarAsync<string>("select id::text from accounts.tokens_v1");
    }

    public async ValueTask DisposeAsync()
    {
        await Hub.StopAsync();
        Hub.Dispose();
        await owner.DisposeAsync();
        await database.DisposeAsync();
        Folders.Dispose();
    }

    public HttpClient Client()
    {
        var client = Hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Hub.Token);
        return client;
    }

    public async Task<HttpResponseMessage> PostAsync(string query, params (string Name, string Value)[] headers)
    {
        using var client = Client();
        foreach (var (name, value) in headers) client.DefaultRequestHeaders.Add(name, value);
        using var content = new StringContent(
            JsonSerializer.Serialize(new { query }), Encoding.UTF8, "application/json");
        return await client.PostAsync(new Uri("/graphql", UriKind.Relative), content, Ct);
    }

    /// <summary>The number of the last record.</summary>
    public async Task<long> EndAsync() =>
        await ScalarAsync<long?>("select max(number) from es.audit_records") ?? 0;

    /// <summary>How many records there are of a kind.</summary>
    public Task<long> CountAsync(string where) =>
        ScalarAsync<long>($"select count(*) from es.audit_records where {where}");

    /// <summary>Asks the database again and again until the answer is as wanted.</summary>
    public Task UntilAsync(string sql, long wanted) =>
        HubProcess.UntilAsync(async () => await ScalarAsync<long>(sql) == wanted);

    /// <summary>Has nobody add a record until the connection is disposed of.</summary>
    public async Task<NpgsqlConnection> HoldAsync()
    {
        await Hub.AskAsync("{ students(first: 1) { nodes { id } } }"); // A chain has an end from its first record on.
        var holding = await ConnectAsync();
        await using var hold = new NpgsqlCommand("begin; select from es.audit_heads for update", holding);
        await hold.ExecuteNonQueryAsync(Ct);
        return holding;
    }

    /// <summary>Looks until somebody waits to add a record; who asks must not be answered meanwhile.</summary>
    public Task UntilHeldAsync(Task asked) => HubProcess.UntilAsync(async () =>
    {
        Assert.False(asked.IsCompleted);
        return await ScalarAsync<long>(
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%audit_append%'") > 0;
    });

    /// <summary>The records after one, of what requests saw and were refused.</summary>
    public async Task<IReadOnlyList<AuditedRecord>> SinceAsync(long number)
    {
        await using var command = owner.CreateCommand(
            $"""
            select kind, action, via, actor, request_id, purpose, field_groups, students, others, detail, number
              from es.access_records
             where number > {number} and via not in ('job', 'event', 'serve') and action <> 'token.used'
             order by number
            """);
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var found = new List<AuditedRecord>();
        while (await rows.ReadAsync(Ct))
        {
            found.Add(new(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), Text(3), Text(4), Text(5), rows.GetString(6),
                rows.GetFieldValue<Guid[]>(7), rows.GetFieldValue<Guid[]>(8), Text(9), rows.GetInt64(10)));
        }

        return found;

        string? Text(int column) => rows.IsDBNull(column) ? null : rows.GetString(column);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct) is T value ? value : default!;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = owner.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Ct);
    }

    public ValueTask<NpgsqlConnection> ConnectAsync() => owner.OpenConnectionAsync(Ct);

    /// <summary>The people's ids among all ids of objects of an answer, whatever their type is called.</summary>
    public static HashSet<Guid> PeopleIn(JsonElement answer)
    {
        var found = new HashSet<Guid>();
        Collect(answer, found);
        return found;
    }

    private static void Collect(JsonElement json, HashSet<Guid> found)
    {
        if (json.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray()) Collect(item, found);
        }
        else if (json.ValueKind is JsonValueKind.Object)
        {
            foreach (var property in json.EnumerateObject()) Collect(property.Value, found);
        }
        else if (json.ValueKind is JsonValueKind.String && PersonOf(json.GetString()!) is { } id)
        {
            found.Add(id);
        }
    }

    private static Guid? PersonOf(string text)
    {
        if (!Base64Url.IsValid(text)) return null;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(':');
        return parts is ["Student" or "Person" or "Guardian", var key] && Guid.TryParse(key, out var id) ? id : null;
    }
}

/// <summary>A record as it is stored.</summary>
public sealed record AuditedRecord(
    string Kind, string Action, string Via, string? Actor, string? RequestId, string? Purpose, string FieldGroups,
    Guid[] Students, Guid[] Others, string? Detail, long Number);
