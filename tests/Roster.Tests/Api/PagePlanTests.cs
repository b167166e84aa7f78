using Npgsql;

namespace K12Hub.Roster.Tests;

/// <summary>What PostgreSQL sees to costs no index: a page is still a range of one, without sorting, however far down
/// it is.</summary>
public sealed class PagePlanTests
{
    private const string Fill =
        """
        insert into roster.{0} (tenant_id, id, source, sourced_id, row_hash, given_name, family_name, is_student,
                                is_staff, is_guardian, school_id, enabled, user_ids, agent_ids, grades, role_ids)
        select t, md5(t || 'p' || n)::uuid, 'sis', 'p' || n, md5('p' || n)::uuid, 'Given ' || n % 97,
               'Family ' || n % 1009, n % 3 > 0, n % 3 = 0, false, md5('s' || n % 20)::uuid, true, '{}', '{}',
               '{}', '{}'
          from generate_series(1, 30000) n, unnest(array[1, 2]) t;
        analyze roster.{0}
        """;

    [Theory]
    [InlineData(
        "is_student and (family_name, given_name, id) "
        + "> ('Family 5', 'Given 5', '70000000-0000-0000-0000-000000000000')",
        "family_name, given_name, id",
        "family_name_given_name_id_is_student")]
    [InlineData(
        "is_staff and school_id = md5('s3')::uuid and (family_name, given_name, id) "
        + "> ('Family 5', 'Given 5', '70000000-0000-0000-0000-000000000000')",
        "family_name, given_name, id",
        "school_id_family_name_given_name_id_is_staff")]
    [InlineData("id = any(array[md5('1p7')::uuid, md5('1p9')::uuid])", "id", "pkey")]
    public async Task A_page_of_a_district_is_a_range_of_an_index(string where, string order, string index)
    {
        await using var district = await TestDistrict.CreateAsync();
        var table = district.Store.Options.Tables.For<PersonRow>().Table["roster.".Length..];
        await ExecuteAsync(district.Store.OwnerDataSource, Fill.Replace("{0}", table, StringComparison.Ordinal));
        var query = $"select id, family_name from roster.people where tenant_id = 1 and {where} "
            + $"order by {order} limit 51";

        var plan = await PlanAsync(district.Store.DataSource, query);
        var bare = await PlanAsync(district.Store.OwnerDataSource, query);

        foreach (var lines in new[] { plan, bare })
        {
            Assert.Contains($"using {table}_{index} on {table}", lines, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan", lines, StringComparison.Ordinal);
        }

        // The very same conditions, the guard's own tested once and not row by row.
        Assert.Equal(IndexCondition(bare), IndexCondition(plan));
        Assert.Contains("One-Time Filter: ", plan, StringComparison.Ordinal);
        var others = plan.Replace("One-Time Filter", "", StringComparison.Ordinal);
        Assert.DoesNotMatch(" Filter: .*current_setting", others);
    }

    private static string IndexCondition(string plan) =>
        Assert.Single(plan.Split('\n'), line => line.Contains("Index Cond: ", StringComparison.Ordinal)).Trim();

    private static async Task<string> PlanAsync(NpgsqlDataSource source, string query)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("select set_config('k12.tenant', '1', true)"));
        batch.BatchCommands.Add(new($"explain (costs off) {query}"));
        await using var rows = await batch.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await rows.NextResultAsync(TestContext.Current.CancellationToken);
        var lines = new List<string>();
        while (await rows.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(rows.GetString(0));
        return string.Join('\n', lines);
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
