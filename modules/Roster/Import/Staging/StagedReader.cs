using Npgsql;

namespace K12Hub.Roster;

/// <summary>Reads the columns of a staged or stored record one after the other, in the order of the facts.</summary>
internal sealed class StagedReader(NpgsqlDataReader reader)
{
    private int next;

    /// <summary>Goes to the next row; false after the last.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken ct)
    {
        next = 0;
        return await reader.ReadAsync(ct);
    }

    public Guid Id() => reader.GetGuid(next++);

    public Guid? IdOrNull() => IsNull() ? null : Id();

    public string Text() => reader.GetString(next++);

    public string? TextOrNull() => IsNull() ? null : Text();

    public int Int() => reader.GetInt32(next++);

    public bool Flag() => reader.GetBoolean(next++);

    public bool? FlagOrNull() => IsNull() ? null : Flag();

    public DateOnly Date() => reader.GetFieldValue<DateOnly>(next++);

    public DateOnly? DateOrNull() => IsNull() ? null : Date();

    public DateTimeOffset? InstantOrNull() => IsNull() ? null : reader.GetFieldValue<DateTimeOffset>(next++);

    public string[] Texts() => reader.GetFieldValue<string[]>(next++);

    public bool[] Flags() => reader.GetFieldValue<bool[]>(next++);

    public DateOnly?[] DatesOrNull() => IsNull() ? [] : reader.GetFieldValue<DateOnly?[]>(next++);

    public Guid[] Ids() => reader.GetFieldValue<Guid[]>(next++);

    private bool IsNull()
    {
        if (!reader.IsDBNull(next)) return false;

        next++;
        return true;
    }
}
