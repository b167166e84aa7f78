using System.Text.Json;
using Npgsql;

namespace K12Hub.Bench.Page;

/// <summary>A page of 50 students with school and guardians, read with the SQL that the GraphQL page needs.</summary>
internal sealed class RawPage
{
    public const int Size = 50;

    // District 1 is the one that an installation of a single district has.
    private const string Students =
        """
        select id, given_name, family_name, grade, email, school_id from roster.people
        where tenant_id = 1 and is_student and ended_at is null and (family_name, given_name, id) > ($1, $2, $3)
        order by family_name, given_name, id limit 51
        """;

    private const string Schools = "select id, name from roster.organizations where tenant_id = 1 and id = any($1)";

    private const string Guardians =
        """
        select r.student_id, p.id, p.given_name, p.family_name, p.phone
        from roster.relations r join roster.people p on p.tenant_id = r.tenant_id and p.id = r.guardian_id
        where r.tenant_id = 1 and r.student_id = any($1) and p.ended_at is null order by r.student_id, p.id
        """;

    private readonly List<Student> students = new(Size + 1);
    private readonly Dictionary<Guid, string> schools = [];
    private readonly List<Guardian> guardians = [];

    private sealed record Student(Guid Id, string Given, string Family, string? Grade, string? Email, Guid? School);

    private sealed record Guardian(Guid Student, Guid Id, string Given, string Family, string? Phone);

    public static async Task<RawPage> ReadAsync(
        NpgsqlConnection connection, (string Family, string Given, Guid Id) after, CancellationToken ct)
    {
        var page = new RawPage();
        await using var first = new NpgsqlCommand(Students, connection)
        {
            Parameters = { new() { Value = after.Family }, new() { Value = after.Given }, new() { Value = after.Id } },
        };
        await using (var reader = await first.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) page.students.Add(StudentOf(reader));

        var shown = page.students.Take(Size).ToArray();
        await using var rest = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Of(Schools, [.. shown.Select(student => student.School).OfType<Guid>().Distinct()]),
                Of(Guardians, [.. shown.Select(student => student.Id)]),
            },
        };
        await using (var reader = await rest.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) page.schools[reader.GetGuid(0)] = reader.GetString(1);
            await reader.NextResultAsync(ct);
            while (await reader.ReadAsync(ct)) page.guardians.Add(GuardianOf(reader));
        }

        return page;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        var ofStudent = guardians.ToLookup(guardian => guardian.Student);
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        foreach (var student in students.Take(Size)) Write(json, student, ofStudent[student.Id]);
        json.WriteEndArray();
        json.WriteBoolean("hasNextPage", students.Count > Size);
        json.WriteEndObject();
    }

    private void Write(Utf8JsonWriter json, Student student, IEnumerable<Guardian> guardiansOfStudent)
    {
        json.WriteStartObject();
        json.WriteString("id", student.Id);
        json.WriteString("givenName", student.Given);
        json.WriteString("familyName", student.Family);
        json.WriteString("grade", student.Grade);
        json.WriteString("email", student.Email);
        json.WriteStartObject("school");
        if (student.School is { } school)
        {
            json.WriteString("id", school);
            json.WriteString("name", schools[school]);
        }

        json.WriteEndObject();
        json.WriteStartArray("guardians");
        foreach (var guardian in guardiansOfStudent)
        {
            json.WriteStartObject();
            json.WriteString("id", guardian.Id);
            json.WriteString("givenName", guardian.Given);
            json.WriteString("familyName", guardian.Family);
            json.WriteString("phone", guardian.Phone);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static NpgsqlBatchCommand Of(string sql, Guid[] ids) => new(sql) { Parameters = { new() { Value = ids } } };

    private static Student StudentOf(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), Text(row, 3), Text(row, 4),
        row.IsDBNull(5) ? null : row.GetGuid(5));

    private static Guardian GuardianOf(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetGuid(1), row.GetString(2), row.GetString(3), Text(row, 4));

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
