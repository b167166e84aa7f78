using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The one statement that adds records to a district's chain.</summary>
internal static class AuditBatch
{
    private const string Append =
        "select es.audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";

    public static DistrictCommand Command(
        NpgsqlDataSource source, DistrictId tenant, AuditEntry[] entries, byte[][] contents)
    {
        var command = source.CreateCommand(tenant, Append);
        var values = command.Parameters;
        values.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        values.Add(new NpgsqlParameter<DateTime[]>
        {
            TypedValue = Array.ConvertAll(entries, entry => AuditChain.Kept(entry.At).UtcDateTime),
        });
        Texts(values, entries, entry => AuditChain.KindOf(entry.Kind));
        Texts(values, entries, entry => entry.Action);
        Texts(values, entries, entry => entry.Via);
        Texts(values, entries, entry => entry.Actor);
        Texts(values, entries, entry => entry.RequestId);
        Texts(values, entries, entry => entry.Purpose);
        Texts(values, entries, entry => string.Join(' ', entry.FieldGroups));
        People(values, entries, entry => entry.Students);
        People(values, entries, entry => entry.Others);
        Texts(values, entries, entry => entry.Detail);
        values.Add(new NpgsqlParameter<byte[][]> { TypedValue = contents });
        return command;
    }

    private static void Texts(
        NpgsqlParameterCollection values, AuditEntry[] entries, Func<AuditEntry, string?> text) =>
        values.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. entries.Select(text)] });

    /// <summary>All people in a row, and where those of each record end: arrays of arrays would have to be of one
    /// length.</summary>
    private static void People(
        NpgsqlParameterCollection values, AuditEntry[] entries, Func<AuditEntry, IReadOnlyCollection<Guid>> people)
    {
        var ends = new int[entries.Length];
        var total = 0;
        for (var i = 0; i < entries.Length; i++) ends[i] = total += people(entries[i]).Count;
        values.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. entries.SelectMany(people)] });
        values.Add(new NpgsqlParameter<int[]> { TypedValue = ends });
    }
}
