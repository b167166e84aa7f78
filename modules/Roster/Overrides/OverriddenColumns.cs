using System.Text.Json;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Where what a district says otherwise stands: in the columns of the person's row, so that lists, filters
/// and whoever reads the table see it and pay nothing for it. What the source says is kept beside the override
/// meanwhile, and put back before a run of the source writes.</summary>
internal static class OverriddenColumns
{
    /// <summary>One at a time in a district: who overrides waits for a run that is writing.</summary>
    private const int LockNumber = 20126;

    /// <summary>Fields that are columns of people, and how their text becomes the column's type. Languages are no
    /// such: they are read from the override where they are asked for.</summary>
    private static readonly Dictionary<OverridableField, (string Column, string Type)> Columns = new()
    {
        [OverridableField.PreferredGivenName] = ("preferred_given_name", "text"),
        [OverridableField.PreferredMiddleName] = ("preferred_middle_name", "text"),
        [OverridableField.PreferredFamilyName] = ("preferred_family_name", "text"),
        [OverridableField.Pronouns] = ("pronouns", "text"),
        [OverridableField.Email] = ("email", "text"),
        [OverridableField.Phone] = ("phone", "text"),
        [OverridableField.Sms] = ("sms", "text"),
        [OverridableField.School] = ("school_id", "uuid"),
    };

    /// <summary>Stored name of a field.</summary>
    public static string NameOf(OverridableField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    /// <summary>The column of a field; null for one that stands in no row of people.</summary>
    public static string? ColumnOf(OverridableField field) =>
        Columns.TryGetValue(field, out var column) ? column.Column : null;

    /// <summary>Has everybody else wait who overrides, or writes people, until the transaction ends.</summary>
    public static Task<int> HoldAsync(NpgsqlConnection connection, DistrictId district, CancellationToken ct) =>
        connection.RunAsync("select pg_advisory_xact_lock($1, $2)", ct, LockNumber, (int)district.Value);

    /// <summary>Before a run writes people: puts back what the source said, so that the run finds and leaves its
    /// own.</summary>
    /// <returns>Whether anything is overridden.</returns>
    public static async Task<bool> LiftAsync(
        NpgsqlConnection connection, DistrictId district, CancellationToken ct)
    {
        await HoldAsync(connection, district, ct);
        await using (var find = connection.Statement(
            $"select exists (select from {RosterTables.OverrideRows} where tenant_id = $1 and ended_at is null)",
            district.Value))
        {
            if (await find.ExecuteScalarAsync(ct) is not true) return false;
        }

        foreach (var field in Columns.Keys) await PutAsync(connection, district, field, "source_value", null, ct);
        return true;
    }

    /// <summary>After it: keeps what the source says now, and puts what the district says in its place.</summary>
    public static async Task ApplyAsync(NpgsqlConnection connection, DistrictId district, CancellationToken ct)
    {
        foreach (var field in Columns.Keys)
        {
            await KeepAsync(connection, district, field, null, ct);
            await PutAsync(connection, district, field, "value", null, ct);
        }
    }

    /// <summary>Keeps what the source says of one override, and puts what the district says in its place.</summary>
    public static async Task ApplyAsync(
        NpgsqlConnection connection, DistrictId district, OverridableField field, Guid id, CancellationToken ct)
    {
        if (!Columns.ContainsKey(field)) return;

        await KeepAsync(connection, district, field, id, ct);
        await PutAsync(connection, district, field, "value", id, ct);
    }

    /// <summary>Puts back what the source said of one override.</summary>
    public static Task LiftAsync(
        NpgsqlConnection connection, DistrictId district, OverridableField field, Guid id, CancellationToken ct) =>
        Columns.ContainsKey(field) ? PutAsync(connection, district, field, "source_value", id, ct) : Task.CompletedTask;

    private static Task<int> KeepAsync(
        NpgsqlConnection connection, DistrictId district, OverridableField field, Guid? id, CancellationToken ct) =>
        connection.RunAsync(
            $"""
            update {RosterTables.OverrideRows} o set source_value = p.{Columns[field].Column}::text
              from {RosterKinds.Users.Rows} p
             where o.tenant_id = $1 and o.field = $2 and o.ended_at is null{OfOne(id)}
               and p.tenant_id = $1 and p.id = o.person_id
            """,
            ct, Values(district, field, id));

    private static Task<int> PutAsync(
        NpgsqlConnection connection, DistrictId district, OverridableField field, string what, Guid? id,
        CancellationToken ct) =>
        connection.RunAsync(
            $"""
            update {RosterKinds.Users.Rows} p set {Columns[field].Column} = o.{what}::{Columns[field].Type}
              from {RosterTables.OverrideRows} o
             where o.tenant_id = $1 and o.field = $2 and o.ended_at is null{OfOne(id)}
               and p.tenant_id = $1 and p.id = o.person_id
            """,
            ct, Values(district, field, id));

    private static string OfOne(Guid? id) => id is null ? "" : " and o.id = $3";

    private static object[] Values(DistrictId district, OverridableField field, Guid? id) => id is { } one
        ? [district.Value, NameOf(field), one]
        : [district.Value, NameOf(field)];
}
