using K12Hub.EventStore.Tests.Projections;
using K12Hub.Testing;
using Npgsql;

namespace K12Hub.EventStore.Tests.Tenancy;

public sealed class PostgreSQL_keeps_districts_apart
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Every_table_and_view_is_guarded_and_so_are_those_of_rebuilds()
    {
        await using var test = await Projecting.CreateAsync();
        Assert.Empty(await DistrictGuard.ComplaintsAsync(test.ConnectionString, Ct));
        await test.OpenAsync(Bus);
        await test.WriteAsync(Guid.CreateVersion7(), "late");

        var atEachStep = new List<string>();
        foreach (var name in test.Store.ProjectionControl.Names)
        {
            await test.Store.RebuildProjectionAsync(
                name, new Looking(() => atEachStep.AddRange(Complaints(test.ConnectionString))), Ct);
        }

        Assert.Empty(atEachStep);
        Assert.Empty(await DistrictGuard.ComplaintsAsync(test.ConnectionString, Ct));
    }

    /// <summary>As when two rebuilds begin at once whose tables are in one schema.</summary>
    [Fact]
    public async Task Who_is_let_into_a_schema_by_two_at_once_is_let_in()
    {
        await using var test = await TestStore.CreateAsync();
        await test.ExecuteAsync("create schema shared_next; create table shared_next.one (n int)");
        const string Admit = "select es.admit_to('shared_next.one', 'k12hub_app')";
        await using var first = await test.Store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using var transaction = await first.BeginTransactionAsync(Ct);
        await using (var admit = new NpgsqlCommand(Admit, first))
        {
            await admit.ExecuteNonQueryAsync(Ct);
        }

        var second = test.ExecuteAsync(Admit);
        while (await test.ScalarAsync<bool>(
            "select not exists (select from pg_stat_activity where wait_event_type = 'Lock' "
            + "and datname = current_database())") && !second.IsCompleted)
        {
            await Task.Yield();
        }

        await transaction.CommitAsync(Ct);
        await second;
    }

    [Theory]
    [InlineData("alter table es.snapshots disable row level security", "es.snapshots has no row-level")]
    [InlineData("alter table inquiries.queue_v1 no force row level security", "inquiries.queue_v1 has no row-level")]
    [InlineData("drop policy district on es.events", "es.events has no policy")]
    [InlineData("alter policy district on es.events using (true)", "es.events has no policy")]
    [InlineData("create policy more on es.jobs using (true)", "es.jobs has a policy more: more")]
    [InlineData("alter policy all_districts on es.jobs to public", "es.jobs has a policy more: all_districts")]
    [InlineData("create table es.notes (tenant_id smallint)", "es.notes has no row-level")]
    [InlineData("create table es.notes (text text)", "es.notes does not say whose")]
    [InlineData("alter view inquiries.queue reset (security_invoker)", "inquiries.queue asks with the rights")]
    [InlineData("grant execute on function es.districts() to public", "es.districts() has the rights")]
    [InlineData("alter function es.districts() reset search_path", "es.districts() has the rights")]
    [InlineData(
        "alter function es.job_remove(smallint, text) security definer",
        "es.job_remove(smallint,text) believes whatever district")]
    public async Task The_rule_notices_what_is_not_guarded(string damage, string complaint)
    {
        await using var test = await TestStore.CreateAsync();
        await test.ExecuteAsync(damage);

        Assert.Contains(
            await DistrictGuard.ComplaintsAsync(test.ConnectionString, Ct),
            found => found.StartsWith(complaint, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_start_guards_again_what_a_dump_or_a_hand_left_open()
    {
        await using var test = await TestStore.CreateAsync();
        await test.ExecuteAsync(
            """
            alter table es.events disable row level security;
            drop policy district on es.streams;
            alter policy district on es.jobs using (true);
            alter policy all_districts on es.outbox to public;
            alter view inquiries.queue reset (security_invoker);
            grant execute on function es.districts() to public
            """);
        await test.Store.ApplySchemaAsync(Ct);

        Assert.Empty(await DistrictGuard.ComplaintsAsync(test.ConnectionString, Ct));
    }

    [Fact]
    public async Task A_district_that_was_named_before_does_not_outlive_the_pool_or_its_transaction()
    {
        await using var test = await TestStore.CreateAsync();
        await test.WriteAsync(Bus, "of Lincoln");
        await test.WriteAsync(Bus, "of Franklin", TestStore.Franklin);
        await using var store = test.Open(options => options.ConnectionString =
            new NpgsqlConnectionStringBuilder(options.ConnectionString) { MaxPoolSize = 1 }.ConnectionString);

        foreach (var local in new[] { false, true })
        {
            await using (var connection = await store.DataSource.OpenConnectionAsync(Ct))
            {
                // Rolled back where it is local, as after a request that was killed.
                await using var transaction = local ? await connection.BeginTransactionAsync(Ct) : null;
                await using var name = new NpgsqlCommand(
                    $"select set_config('k12.tenant', '2', {local}), count(*) from es.events", connection);
                await name.ExecuteNonQueryAsync(Ct);
            }

            Assert.Equal(0L, await CountAsync(store));
            await using var session = store.LightweightSession(TestStore.Lincoln);
            var read = Assert.Single(await session.Events.FetchStreamAsync(Bus, ct: Ct));
            Assert.Equal("of Lincoln", ((NoteWritten)read.Data).Text);
            Assert.Equal(0L, await CountAsync(store));
        }
    }

    [Fact]
    public async Task Naming_one_district_and_asking_about_another_finds_nothing()
    {
        await using var test = await TestStore.CreateAsync();
        await test.ExecuteAsync(
            """
            insert into es.outbox (tenant_id, kind, dedupe_key, payload, dead_at)
            values (2, 'mail.send', 'a', '{}', now());
            insert into es.jobs (tenant_id, id, job, cron, time_zone, declared, since)
            values (2, 'nightly', 'import', '0 0 2 * * ?', 'UTC', true, '2026-11-01')
            """);
        const string Rows = "select to_jsonb(o) from es.outbox o union all select to_jsonb(j) from es.jobs j";
        var before = await test.RowsAsync(Rows);
        foreach (var attempt in new[]
        {
            "es.outbox_dead_letters(2::smallint, 9)", "es.outbox_retry(2::smallint, 1, now(), 'sam') done where done",
            "es.outbox_discard(2::smallint, 1, 'sam') done where done",
            "es.job_remove(2::smallint, 'nightly') done where done",
            "es.job_fire(2::smallint, 'nightly', now(), now(), '{}') done where done",
            "es.job_next(2::smallint, 'nightly', now()) done where done::text <> ''",
            "es.job_ran(2::smallint, 'nightly', now(), now(), 'done', null) done where done::text <> ''",
        })
        {
            await using var ask = test.Store.DataSource.CreateCommand(TestStore.Lincoln, $"select 1 from {attempt}");
            Assert.Null(await ask.ExecuteScalarAsync(Ct));
        }

        await using var register = test.Store.DataSource.CreateCommand(
            TestStore.Lincoln, "select es.job_register(2::smallint, 'more', 'import', '', 'UTC', true, now())");
        var refused = await Assert.ThrowsAsync<PostgresException>(() => register.ExecuteNonQueryAsync(Ct));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        Assert.Equal(before, await test.RowsAsync(Rows));
    }

    [Fact]
    public async Task The_programs_role_can_neither_change_nor_delete_what_happened()
    {
        await using var test = await TestStore.CreateAsync();
        await test.WriteAsync(Bus, "late");
        foreach (var attempt in new[]
        {
            "update es.events set data = '{}'", "delete from es.events", "truncate es.events",
            "delete from es.erasures", "update es.schema_scripts set checksum = ''", "drop table es.jobs",
            "alter table es.events no force row level security", "select setval('es.position_seq', 1)",
            "select es.destroy_district(2::smallint)",
        })
        {
            await using var command = test.Store.DataSource.CreateCommand(
                "select set_config('k12.tenant', '1', false); select set_config('k12.door', 'destroy:1', false); "
                + attempt);
            var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct));
            Assert.True(refused.SqlState is PostgresErrorCodes.InsufficientPrivilege or "ES403", refused.Message);
        }
    }

    private static IReadOnlyList<string> Complaints(string connectionString) =>
        Task.Run(() => DistrictGuard.ComplaintsAsync(connectionString, Ct), Ct).GetAwaiter().GetResult();

    private static async Task<long> CountAsync(DocumentStore store)
    {
        await using var command = store.DataSource.CreateCommand("select count(*) from es.events");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>Looks while the tables of a rebuild stand beside those that are read.</summary>
    private sealed class Looking(Action look) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            if (value.Step is RebuildStep.CatchingUp)
            {
                look();
            }
        }
    }
}
