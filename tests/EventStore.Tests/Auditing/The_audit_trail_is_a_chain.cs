using Npgsql;

namespace K12Hub.EventStore.Tests.Auditing;

public sealed class The_audit_trail_is_a_chain
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);
    private static readonly Guid Ana = new("00000000-0000-0000-0000-00000000000a");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Records_of_several_nodes_are_one_chain()
    {
        await using var test = await TestStore.CreateAsync();
        await using var other = test.Open();

        await Task.WhenAll(Enumerable.Range(0, 400).Select(i =>
            (i % 2 == 0 ? test.Store : other).Audit.WriteAsync(TestStore.Lincoln, Seen(i), Ct)));

        Assert.Equal(new AuditVerdict(400, null, null), await VerifyAsync(test));
        Assert.Equal(400, (await test.Store.Audit.FindEndAsync(TestStore.Lincoln, Ct))!.Number);
        Assert.Null(await test.Store.Audit.FindEndAsync(TestStore.Franklin, Ct));
    }

    [Fact]
    public async Task Those_who_wait_at_the_same_time_share_one_commit()
    {
        await using var test = await TestStore.CreateAsync();
        await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(0), Ct);
        await using var holding = await test.Store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using var transaction = await holding.BeginTransactionAsync(Ct);
        await using (var hold = new NpgsqlCommand("select from es.audit_heads for update", holding))
        {
            await hold.ExecuteNonQueryAsync(Ct);
        }

        var all = Task.WhenAll(Enumerable.Range(1, 100).Select(i =>
            test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(i), Ct)));
        Assert.False(all.IsCompleted);
        await transaction.CommitAsync(Ct);
        await all;

        // The first, the one that the lock held up, and all the others.
        Assert.InRange(await test.ScalarAsync<long>("select count(distinct xmin::text) from es.audit_records"), 2, 4);
        Assert.True((await VerifyAsync(test)).Holds);
    }

    [Fact]
    public async Task What_was_written_reads_as_it_was_written()
    {
        await using var test = await TestStore.CreateAsync();
        await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(7) with { Students = [], Others = [] }, Ct);
        await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(1), Ct);

        Assert.Equal(
            """
            1 read view graphql reyes r7 homework contact names 0 0
            2 read view graphql reyes r1 homework contact names 2 1
            """,
            await test.RowsAsync(
                """
                select number, kind, action, via, actor, request_id, purpose, field_groups,
                       cardinality(students), cardinality(others)
                  from es.access_records order by number
                """));
    }

    [Theory]
    [InlineData("update es.audit_records set actor = 'okafor' where number = 3", 3, "record.changed")]
    [InlineData(
        "update es.audit_people set others = '{}' where id = (select people from es.audit_records where number = 3)",
        3, "record.changed")]
    [InlineData("delete from es.audit_people where id = (select people from es.audit_records where number = 3)", 3,
        "people.missing")]
    [InlineData("update es.audit_records set recorded_at = recorded_at + interval '1 s' where number = 3", 3,
        "record.changed")]
    [InlineData("update es.audit_records set hash = sha256(hash) where number = 3", 3, "record.changed")]
    [InlineData("delete from es.audit_records where number = 3", 3, "record.missing")]
    [InlineData("delete from es.audit_records where number = 1", 1, "record.missing")]
    [InlineData("delete from es.audit_records where number = 5", 5, "end.missing")]
    [InlineData("insert into es.audit_records select * from es.audit_records where number = 3", 3, "record.added")]
    [InlineData("update es.audit_heads set hash = sha256(hash)", 5, "end.changed")]
    public async Task What_a_hand_did_is_found_at_its_place(string damage, long place, string why)
    {
        await using var test = await FiveAsync();
        await test.ExecuteAsync(
            "alter table es.audit_records disable trigger all; alter table es.audit_people disable trigger all; "
            + damage);

        Assert.Equal(new AuditVerdict(place - 1, place, why), await VerifyAsync(test));
    }

    [Fact]
    public async Task A_chain_that_was_made_anew_is_not_the_one_that_was_noted()
    {
        await using var test = await FiveAsync();
        var noted = (await test.Store.Audit.FindEndAsync(TestStore.Lincoln, Ct))!;
        await test.ExecuteAsync(
            "alter table es.audit_records disable trigger all; delete from es.audit_records; "
            + "delete from es.audit_heads");
        Assert.Equal(new AuditVerdict(0, 1, "anchor.missing"), await VerifyAsync(test, noted));
        for (var i = 0; i < 5; i++)
        {
            await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(i) with { Actor = "okafor" }, Ct);
        }

        Assert.True((await VerifyAsync(test)).Holds);
        Assert.Equal(new AuditVerdict(4, 5, "anchor.changed"), await VerifyAsync(test, noted));
    }

    [Fact]
    public async Task Nobody_changes_a_record_and_the_program_adds_none_but_to_the_end()
    {
        await using var test = await FiveAsync();

        foreach (var change in (string[])
            [
                "update es.audit_records set actor = 'x'", "delete from es.audit_records",
                "update es.audit_people set students = '{}'", "delete from es.audit_people",
            ])
        {
            Assert.Equal("ES403", await RefusedAsync(test.Store.OwnerDataSource, change));
        }

        foreach (var attempt in (string[])
            [
                "update es.audit_records set actor = 'x'", "delete from es.audit_records",
                "insert into es.audit_records select * from es.audit_records", "truncate es.audit_records",
                "update es.audit_heads set number = 0", "select * from es.audit_records_rest",
                "insert into es.audit_people select * from es.audit_people", "delete from es.audit_people",
            ])
        {
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, await RefusedAsync(test.Store.DataSource, attempt));
        }
    }

    [Fact]
    public async Task People_are_stored_once_for_all_records_that_tell_of_them()
    {
        await using var test = await TestStore.CreateAsync();
        await using var other = test.Open();
        for (var i = 0; i < 6; i++)
        {
            var store = i % 3 == 0 ? other : test.Store;
            await store.Audit.WriteAsync(TestStore.Lincoln, Seen(i) with { Students = [Ana], Others = [] }, Ct);
            await store.Audit.WriteAsync(TestStore.Lincoln, Seen(i) with { Students = [], Others = [Ana] }, Ct);
        }

        await test.Store.Audit.WriteAsync(TestStore.Franklin, Seen(1) with { Students = [Ana], Others = [] }, Ct);
        Assert.Equal(3, await test.CountAsync("es.audit_people"));
        Assert.Equal(13, await test.CountAsync("es.access_records"));
        Assert.True((await VerifyAsync(test)).Holds);
    }

    [Fact]
    public async Task Somebody_is_found_in_all_sets_of_people_of_a_district_student_or_not()
    {
        var guardian = new Guid(77, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
        await using var test = await FiveAsync();
        await test.Store.Audit.WriteAsync(TestStore.Franklin, Seen(1) with { Others = [guardian] }, Ct);
        Assert.Empty(await test.Store.Audit.PeopleWithAsync(TestStore.Lincoln, guardian, Ct));
        await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(1) with { Students = [], Others = [guardian] }, Ct);
        await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(1) with { Others = [Ana, guardian] }, Ct);

        Assert.Equal(6, (await test.Store.Audit.PeopleWithAsync(TestStore.Lincoln, Ana, Ct)).Length);
        Assert.Equal(2, (await test.Store.Audit.PeopleWithAsync(TestStore.Lincoln, guardian, Ct)).Length);
        Assert.Single(await test.Store.Audit.PeopleWithAsync(TestStore.Lincoln, Seen(2).Students.Last(), Ct));
        Assert.Empty(await test.Store.Audit.PeopleWithAsync(TestStore.Lincoln, Guid.Empty, Ct));
    }

    [Fact]
    public async Task A_set_of_people_that_is_gone_is_stored_once_more()
    {
        await using var test = await FiveAsync();
        await test.ExecuteAsync(
            "alter table es.audit_people disable trigger all; delete from es.audit_people; "
            + "alter table es.audit_people enable trigger all");
        Assert.Equal(new AuditVerdict(0, 1, "people.missing"), await VerifyAsync(test));

        for (var i = 0; i < 5; i++) await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(i), Ct);
        Assert.Equal(new AuditVerdict(10, null, null), await VerifyAsync(test));
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_said_to_everybody_who_waits()
    {
        await using var test = await TestStore.CreateAsync();
        await test.ExecuteAsync("alter table es.audit_heads rename to gone");

        foreach (var write in Enumerable.Range(0, 3)
            .Select(i => test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(i), Ct)).ToList())
        {
            await Assert.ThrowsAsync<AuditException>(() => write);
        }

        await test.ExecuteAsync("alter table es.gone rename to audit_heads");
        await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(1), Ct);
        Assert.Equal(new AuditVerdict(1, null, null), await VerifyAsync(test));
    }

    [Fact]
    public async Task What_several_nodes_say_at_once_is_written_once_and_what_differs_beside_it()
    {
        await using var test = await TestStore.CreateAsync();
        await using var other = test.Open();
        await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(1), Ct);

        var numbers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i =>
            (i % 2 == 0 ? test.Store : other).Audit.WriteOnceAsync(
                TestStore.Lincoln, [Seen(2) with { At = Monday.AddDays(i), Actor = $"{i}" }], Ct)));
        var differ = new List<long>();
        foreach (var entry in (AuditEntry[])
            [
                Seen(3), Seen(2) with { Detail = "{}" }, Seen(2) with { Action = "export" },
                Seen(2) with { FieldGroups = ["names"] }, Seen(2) with { Kind = AuditKind.Disclosure },
            ])
        {
            AuditEntry[] both = entry.Kind is AuditKind.Read ? [Seen(2), entry, entry] : [entry];
            differ.AddRange(await other.Audit.WriteOnceAsync(TestStore.Lincoln, both, Ct));
        }

        Assert.Equal([2L], numbers.SelectMany(each => each).Distinct());
        Assert.Equal([2L, 3, 3, 2, 4, 4, 2, 5, 5, 2, 6, 6, 7], differ);
        Assert.Equal([1L], await test.Store.Audit.WriteOnceAsync(TestStore.Franklin, [Seen(2)], Ct));
        Assert.Equal(new AuditVerdict(7, null, null), await VerifyAsync(test));
    }

    [Fact]
    public async Task Months_are_made_before_they_begin()
    {
        await using var test = await TestStore.CreateAsync();
        Assert.Equal(0, await test.Store.Audit.PrepareMonthsAsync(Ct));
        Assert.Equal(
            3L, await test.CountAsync("pg_inherits where inhparent = 'es.audit_records'::regclass") - 1);
    }

    private static async Task<TestStore> FiveAsync()
    {
        var test = await TestStore.CreateAsync();
        for (var i = 0; i < 5; i++) await test.Store.Audit.WriteAsync(TestStore.Lincoln, Seen(i), Ct);
        return test;
    }

    private static Task<AuditVerdict> VerifyAsync(TestStore test, params AuditAnchor[] noted) =>
        test.Store.Audit.VerifyAsync(TestStore.Lincoln, noted, Ct);

    private static async Task<string> RefusedAsync(NpgsqlDataSource source, string attempt)
    {
        await using var command = source.CreateCommand(attempt);
        return (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Ct))).SqlState;
    }

    private static AuditEntry Seen(int i) => new(AuditKind.Read, "view", "graphql")
    {
        At = Monday.AddSeconds(i),
        Actor = "reyes",
        RequestId = $"r{i}",
        Purpose = "homework",
        FieldGroups = ["contact", "names"],
        Students = [Ana, new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1])],
        Others = [Ana],
    };
}
