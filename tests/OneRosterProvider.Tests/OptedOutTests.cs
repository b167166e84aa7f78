using static K12Hub.OneRosterProvider.Tests.DirectoryDistrict;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>What families opted out of goes to no client whose basis is directory information, nor is it told in any
/// other way. Over HTTP, of rosters that came as 1.1 and as 1.2.</summary>
public sealed class OptedOutTests
{
    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task Who_opted_out_of_everything_or_of_the_name_is_not_there_nor_counted(string version)
    {
        await using var hub = await WithStudentsAsync(version);
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        var all = await client.RowsAsync("students?limit=10000");
        var before = await TotalsAsync(client);
        var gone = await StudentsAsync(hub, 2);
        var names = await NamesAsync(hub, gone);

        await OptOutAsync(hub, gone[0], Everything);
        await OptOutAsync(hub, gone[1], "NAME");

        var left = await client.RowsAsync("students?limit=10000");
        Assert.Equal(before.Select(count => count - 2), await TotalsAsync(client));
        Assert.Equal(all.Length - 2, left.Length);
        foreach (var one in all.ExceptBy(left.Select(Json.Id), Json.Id))
        {
            Assert.Contains(one.GetProperty("familyName").GetString(), names);
            Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"users/{Json.Id(one)}"));
            Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"students/{Json.Id(one)}"));
            Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"demographics/{Json.Id(one)}"));
            Assert.Empty(await client.IdsAsync($"users?filter=sourcedId='{Json.Id(one)}'"));
        }

        await hub.AskAsync(Saying("withdrawOptOut", gone[1], "NAME"));
        Assert.Equal(all.Length - 1, await TotalAsync(client, "students"));
    }

    [Fact]
    public async Task A_category_that_was_opted_out_of_cannot_be_told_from_one_that_is_not_known()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        await hub.ListAsync(
            "update roster.people_v1 set email = sourced_id || '@example.org', phone = '555-' || right(sourced_id, 4) "
            + "where is_student returning id");
        var id = (await StudentsAsync(hub, 1))[0];
        var email = (await hub.ListAsync($"select email from roster.people where id = '{id}'"))[0];
        var born = (await hub.ListAsync(
            $"select to_char(birth_date, 'YYYY-MM-DD') from roster.demographics where person_id = '{id}'"))[0];
        var key = (await client.IdsAsync($"users?filter=email='{email}'"))[0];
        var sameDay = await client.IdsAsync($"demographics?limit=10000&filter=birthDate='{born}'");
        var school = (await hub.ListAsync(
            $"""
            select o.sourced_id from roster.people p join roster.organizations o on o.id = p.school_id
             where p.id = '{id}'
            """))[0];
        var before = await TotalAsync(client, $"schools/{school}/students");

        await OptOutAsync(hub, id, "EMAIL, GRADE_LEVEL, BIRTH, SCHOOL");

        var fields = (await client.AskAsync($"users/{key}")).Body.GetProperty("user").EnumerateObject()
            .Select(field => field.Name).ToList();
        Assert.Contains("phone", fields);
        Assert.DoesNotContain("email", fields);
        Assert.DoesNotContain("grades", fields);
        Assert.DoesNotContain("primaryOrg", fields);
        Assert.Empty(await client.IdsAsync($"users?filter=email='{email}'"));
        Assert.Empty(await client.IdsAsync($"users?filter=email~'{email}'"));
        Assert.Equal(key, (await client.IdsAsync("users?limit=1&sort=email"))[0]);
        Assert.Equal((404, "unknownobject"), await client.RefusalAsync($"demographics/{key}"));
        Assert.Equal(
            sameDay.Length - 1, await TotalAsync(client, $"demographics?limit=10000&filter=birthDate='{born}'"));
        Assert.Equal(before - 1, await TotalAsync(client, $"schools/{school}/students"));
    }

    [Fact]
    public async Task Of_who_needs_consent_only_what_was_consented_to_goes_out()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        var all = await TotalAsync(client, "students");
        var id = (await StudentsAsync(hub, 1))[0];

        await ConsentAsync(hub, id, "");
        Assert.Equal(all - 1, await TotalAsync(client, "students"));
        await ConsentAsync(hub, id, "NAME");
        Assert.Equal(all, await TotalAsync(client, "students"));
        Assert.Equal(all - 1, await TotalAsync(client, "demographics"));
        // Whoever consented may still opt out.
        await OptOutAsync(hub, id, "NAME");
        Assert.Equal(all - 1, await TotalAsync(client, "students"));
    }

    [Fact]
    public async Task A_choice_counts_for_the_records_that_are_the_same_student()
    {
        await using var hub = await WithStudentsAsync("1.2");
        using var client = await hub.ClientAsync();
        await NameAsync(hub, Everything);
        var all = await TotalAsync(client, "students");
        var ids = await StudentsAsync(hub, 2);
        await hub.ListAsync(
            $"""
            insert into roster.person_links_v1
              select (jsonb_populate_record(null::roster.person_links_v1, jsonb_build_object(
                'tenant_id', 1, 'record_id', one, 'person_id', '{ids[0]}'))).*
                from unnest(array['{ids[0]}', '{ids[1]}']) one returning record_id
            """);

        await OptOutAsync(hub, ids[1], "NAME");

        Assert.Equal(all - 2, await TotalAsync(client, "students"));
    }
}
