using System.Text;
using System.Text.Json;
using Npgsql;

namespace K12Hub.Bench.Page;

/// <summary>A page of 50 students with eight columns, read and written by hand.</summary>
internal static class FlatPage
{
    private const string Students =
        """
        select id, sourced_id, given_name, family_name, grade, email, identifier, date_last_modified
        from roster.people
        where tenant_id = 1 and is_student and ended_at is null and (family_name, given_name, id) > ($1, $2, $3)
        order by family_name, given_name, id limit 51
        """;

    private sealed record Student(
        Guid Id, string SourcedId, string Given, string Family, string? Grade, string? Email, string? Identifier,
        DateTimeOffset? LastModified);

    public static async Task WriteAsync(
        NpgsqlConnection connection, (string Family, string Given, Guid Id) after, Utf8JsonWriter json,
        CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Students, connection)
        {
            Parameters = { new() { Value = after.Family }, new() { Value = after.Given }, new() { Value = after.Id } },
        };
        var students = new List<Student>(RawPage.Size + 1);
        await using (var reader = await command.ExecuteReaderAsync(ct))
            while (await reader.ReadAsync(ct)) students.Add(Of(reader));

        json.WriteStartObject();
        json.WriteStartArray("nodes");
        for (var i = 0; i < Math.Min(students.Count, RawPage.Size); i++) Write(json, students[i]);
        json.WriteEndArray();
        json.WriteBoolean("hasNextPage", students.Count > RawPage.Size);
        json.WriteString("endCursor", CursorOf(students[Math.Min(students.Count, RawPage.Size) - 1]));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Student student)
    {
        json.WriteStartObject();
        json.WriteString("id", student.Id);
        json.WriteString("sourcedId", student.SourcedId);
        json.WriteString("givenName", student.Given);
        json.WriteString("familyName", student.Family);
        json.WriteString("grade", student.Grade);
        json.WriteString("email", student.Email);
        json.WriteString("identifier", student.Identifier);
        if (student.LastModified is { } modified) json.WriteString("dateLastModified", modified);
        else json.WriteNull("dateLastModified");
        json.WriteEndObject();
    }

    private static string CursorOf(Student student) => Convert.ToBase64String(
        Encoding.UTF8.GetBytes($"{student.Family}\0{student.Given}\0{student.Id}"));

    private static Student Of(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), Text(row, 4), Text(row, 5), Text(row, 6),
        row.IsDBNull(7) ? null : row.GetFieldValue<DateTimeOffset>(7));

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
