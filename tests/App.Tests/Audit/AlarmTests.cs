using System.Net;
using System.Text.Json;
using K12Hub.GraphQL.Conventions;

namespace K12Hub.App.Tests.Audit;

/// <summary>What is worth a look is written down, too, and somebody who sees too many is noticed.</summary>
public sealed class AlarmTests : IAsyncLifetime
{
    private readonly AuditedDistrict district = new(
        ("K12HUB__Audit__AlarmStudentsPerHour", "60"), ("K12HUB__Audit__BulkStudents", "50"),
        ("K12HUB__Jobs__Schedules__audit.alarm", "* * * * * ?"),
        ("K12HUB__Jobs__Schedules__audit.anchor", "* * * * * ?"));

    public ValueTask InitializeAsync() => district.InitializeAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task Somebody_who_takes_too_many_away_in_a_file_is_named_as_well()
    {
        await using var strict = new AuditedDistrict(
            ("K12HUB__Audit__AlarmStudentsPerHour", "1"), ("K12HUB__Jobs__Schedules__audit.alarm", "* * * * * ?"));
        await strict.InitializeAsync();
        using var client = strict.Client();
        foreach (var student in await strict.ScalarAsync<Guid[]>(
            "select array(select id from roster.people_v1 where is_student order by id limit 2)"))
        {
            var id = Uri.EscapeDataString(NodeId.Encode("Person", student)!);
            using var file = await client.GetAsync(
                new Uri($"/graphql/person.json?id={id}", UriKind.Relative), HubProcess.Ct);
            Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        }

        Assert.Equal(0, await strict.CountAsync("kind = 'read'"));
        await strict.UntilAsync("select count(*) from es.audit_records where action = 'alarm.students'", 1);
    }

    [Fact]
    public async Task Somebody_who_sees_too_many_students_within_an_hour_is_named_once()
    {
        await district.Hub.AskAsync("{ students(first: 50) { nodes { grade } } }");
        Assert.Equal("view.bulk", (await district.SinceAsync(0))[^1].Action);
        Assert.Equal(0, await district.CountAsync("action = 'alarm.students'"));

        await district.Hub.AskAsync("{ students(last: 50) { nodes { grade } } }");
        await district.UntilAsync("select count(*) from es.audit_records where action = 'alarm.students'", 1);

        // The ends of the chain are noted meanwhile, second after second, so that alarms had time to come again.
        var file = Path.Combine(district.Folders.Data, "audit", "anchors-1.jsonl");
        var end = await district.EndAsync();
        await HubProcess.UntilAsync(async () => File.Exists(file)
            && (await File.ReadAllTextAsync(file, HubProcess.Ct)).Split('\n')[..^1] // The last is being written.
                .Any(line => line.Length > 0 && NumberIn(line) >= end));

        Assert.Equal(1, await district.CountAsync($"action = 'alarm.students' and actor = '{district.Actor}'"));
        await HubProcess.UntilAsync(() => Task.FromResult(
            district.Hub.Errors.Contains("saw", StringComparison.Ordinal))); // It comes through a pipe.
        using var answer = await district.PostAsync("{ students(first: 1) { nodes { grade } } }");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static long NumberIn(string line)
    {
        using var anchor = JsonDocument.Parse(line);
        return anchor.RootElement.GetProperty("number").GetInt64();
    }
}
