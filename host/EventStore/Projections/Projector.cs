using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>A projection with its tables: brings rows from one position of a district's log to a later one.</summary>
internal abstract class Projector
{
    private const string FindPageEnd =
        """
        select position from es.events
         where tenant_id = $1 and position > $2 and position <= $3 and ($4::text[] is null or type = any($4))
         order by position offset $5 limit 1
        """;

    protected Projector(AddedProjection added, string? name, TableMaps tables)
    {
        (Lifecycle, OnPoison) = (added.Lifecycle, added.OnPoison);
        Tables = [.. added.Projection.RowTypes.Select(row => tables.TryFor(row, out var table)
            ? table
            : throw new InvalidOperationException(
                $"{name ?? added.Projection.GetType().Name} writes {row.Name}, which has no table. Add it to "
                + "options.Tables."))];
        if (Tables.Count == 0)
        {
            throw new InvalidOperationException($"{name} says of no table that it writes it.");
        }

        Name = name ?? Tables[0].View;
        Live = new(Tables, table => table.Table);
    }

    /// <summary>Its stable name.</summary>
    public string Name { get; }

    /// <summary>Rises with the version of any of its tables.</summary>
    public int Version => Tables.Sum(table => table.Version);

    /// <summary>Name of its checkpoints: another version begins anew.</summary>
    public string Checkpoint => string.Create(null, $"{Name}@{Version}");

    public ProjectionLifecycle Lifecycle { get; }

    public PoisonPolicy OnPoison { get; }

    public IReadOnlyList<TableMap> Tables { get; }

    /// <summary>The tables that are read.</summary>
    public RowTarget Live { get; }

    /// <summary>Stored names of the events it wants; null for all.</summary>
    protected abstract string[]? Types { get; }

    /// <summary>Where a page of so many events ends; the end of what is settled when there are fewer.</summary>
    public async Task<long> PageEndAsync(
        NpgsqlConnection connection, short tenant, PageRange settled, int limit, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(FindPageEnd, connection);
        AddRange(command, tenant, settled);
        command.Parameters.Add(new() { Value = (object?)Types ?? DBNull.Value, NpgsqlDbType = TextArray });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit - 1 });
        return await command.ExecuteScalarAsync(ct) as long? ?? settled.UpTo;
    }

    /// <summary>The first event it wants after a position; null when there is none.</summary>
    public async Task<PoisonEvent?> FirstAsync(
        NpgsqlConnection connection, short tenant, PageRange settled, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            FindPageEnd.Replace("select position", "select position, stream_id, type", StringComparison.Ordinal),
            connection);
        AddRange(command, tenant, settled);
        command.Parameters.Add(new() { Value = (object?)Types ?? DBNull.Value, NpgsqlDbType = TextArray });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = 0 });
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? new(row.GetInt64(0), row.GetGuid(1), row.GetString(2)) : null;
    }

    /// <summary>The statements that bring the rows to the end of a page.</summary>
    public abstract Task<IReadOnlyList<NpgsqlBatchCommand>> ProjectAsync(
        NpgsqlConnection connection, short tenant, PageRange page, ProjectionPass pass, CancellationToken ct);

    /// <summary>The rows that the events up to a position make, in memory.</summary>
    public abstract Task<IReadOnlyList<object>> RowsAsOfAsync(
        NpgsqlConnection connection, short tenant, long position, CancellationToken ct);

    /// <summary>Whether there are more events up to a position than so many.</summary>
    public virtual async Task<bool> HasMoreThanAsync(
        NpgsqlConnection connection, short tenant, long position, int events, CancellationToken ct)
    {
        var last = await PageEndAsync(connection, tenant, new(0, position), events, ct);
        return await FirstAsync(connection, tenant, new(last, position), ct) is not null;
    }

    protected const NpgsqlDbType TextArray = NpgsqlDbType.Array | NpgsqlDbType.Text;

    /// <summary>Events that were put aside do not count; $4 and $5 are the checkpoint's name and whether only those
    /// count that a person skipped.</summary>
    protected const string NotSetAside =
        """
        not exists (select from es.dead_letters d
          where d.tenant_id = e.tenant_id and d.projection = $4 and d.position = e.position and (d.skipped or not $5))
        """;

    /// <summary>$1 to $3.</summary>
    protected static void AddRange(NpgsqlCommand command, short tenant, PageRange page)
    {
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = page.After });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = page.UpTo });
    }

    /// <summary>$4 and $5.</summary>
    protected void AddSetAside(NpgsqlCommand command, ProjectionPass pass)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Checkpoint });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = pass.RetriesDeadLetters });
    }
}

/// <summary>The positions after one and up to another.</summary>
internal readonly record struct PageRange(long After, long UpTo);

/// <summary>An event that cannot be projected.</summary>
internal sealed record PoisonEvent(long Position, Guid StreamId, string Type);

/// <summary>How a projector goes over the log.</summary>
/// <param name="Target">Where the rows go.</param>
/// <param name="RetriesDeadLetters">Whether events are tried again that the projection put aside itself.</param>
/// <param name="SetAside">Takes an event that cannot be projected, to go on without it; null lets the page
/// fail.</param>
internal sealed record ProjectionPass(
    RowTarget Target, bool RetriesDeadLetters = false, Action<PoisonEvent, Exception>? SetAside = null)
{
    /// <summary>Does something with an event.</summary>
    /// <returns>False when the event was put aside.</returns>
    public bool Try(PoisonEvent happened, Action project)
    {
        try
        {
            project();
            return true;
        }
        catch (Exception failure) when (SetAside is not null)
        {
            SetAside(happened, failure);
            return false;
        }
    }
}
