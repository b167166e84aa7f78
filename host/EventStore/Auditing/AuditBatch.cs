using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The one statement that adds records to a district's chain.</summary>
internal static class AuditBatch
{
    private const string Append =
        "select es.audit_append($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";

    public static DistrictCommand Command(
        NpgsqlDataSource source, DistrictId tenant, PendingRecord[] records, PendingRecord[] newPeople)
    {
        var command = source.CreateCommand(tenant, Append);
        var values = command.Parameters;
        values.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        Of(values, records, record => AuditChain.Kept(record.Entry.At).UtcDateTime);
        Of(values, records, record => AuditChain.KindOf(record.Entry.Kind));
        Of(values, records, record => record.Entry.Action);
        Of(values, records, record => record.Entry.Via);
        Of(values, records, record => record.Entry.Actor);
        Of(values, records, record => record.Entry.RequestId);
        Of(values, records, record => record.Entry.Purpose);
        Of(values, records, record => string.Join(' ', record.Entry.FieldGroups));
        Of(values, records, record => record.People);
        Of(values, records, record => record.Entry.Detail);
        Of(values, records, record => record.Content);
        Of(values, newPeople, record => record.People);
        People(values, newPeople, record => record.Entry.Students);
        People(values, newPeople, record => record.Entry.Others);
        return command;
    }

    private static void Of<TItem, TValue>(
        NpgsqlParameterCollection values, TItem[] items, Converter<TItem, TValue> value) =>
        values.Add(new NpgsqlParameter<TValue[]> { TypedValue = Array.ConvertAll(items, value) });

    /// <summary>All people in a row, and where those of each set end: arrays of arrays would have to be of one
    /// length.</summary>
    private static void People(
        NpgsqlParameterCollection values, PendingRecord[] records,
        Func<PendingRecord, IReadOnlyCollection<Guid>> people)
    {
        var ends = new int[records.Length];
        var total = 0;
        for (var i = 0; i < records.Length; i++) ends[i] = total += people(records[i]).Count;
        values.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. records.SelectMany(people)] });
        values.Add(new NpgsqlParameter<int[]> { TypedValue = ends });
    }
}
