using System.Net.Mail;
using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What can be said of a field.</summary>
internal static class OverrideValues
{
    private const int Longest = 200;

    /// <summary>The value as it is stored, or why it cannot be.</summary>
    public static async Task<(string? Value, Refusal? Refusal)> OfAsync(
        NpgsqlConnection connection, DistrictId district, FieldOverride wanted, CancellationToken ct)
    {
        var text = wanted.Value?.Trim();
        if (text is null) return (null, null);
        if (text.Length is 0 or > Longest || text.Any(char.IsControl)) return (null, OverrideRefusals.TooLong);

        switch (wanted.Field)
        {
            case OverridableField.Email:
                return MailAddress.TryCreate(text, out var address) && address.Address == text
                    ? (text, null)
                    : (null, OverrideRefusals.NoEmail);
            case OverridableField.HomeLanguage or OverridableField.ContactLanguage:
                return LanguageTag.Find(text) is { } tag ? (tag, null) : (null, OverrideRefusals.NoLanguage);
            case OverridableField.School:
                return Guid.TryParse(text, out var school)
                    && await IsThereAsync(
                        connection, district, RosterKinds.Orgs.Rows, school, ct, " and type = 'school'")
                        ? (school.ToString(), null)
                        : (null, OverrideRefusals.NoSchool);
            default:
                return (text, null);
        }
    }

    public static async Task<bool> IsThereAsync(
        NpgsqlConnection connection, DistrictId district, string table, Guid id, CancellationToken ct,
        string condition = "")
    {
        await using var find = connection.Statement(
            $"select exists (select from {table} where tenant_id = $1 and id = $2{condition})", district.Value, id);
        return (bool)(await find.ExecuteScalarAsync(ct))!;
    }
}
