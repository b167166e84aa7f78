using K12Hub.EventStore.Tests.Projections;
using K12Hub.Testing;
using Npgsql;

namespace K12Hub.EventStore.Tests.Tenancy;

public sealed class The_program_works_as_a_role_that_owns_nothing
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    private static CancellationToken Ct => TestStore.Ct;

    [Theory]
    [InlineData("superuser", "is a superuser")]
    [InlineData("bypassrls", "has BYPASSRLS")]
    [InlineData("createrole", "has CREATEROLE, with which it may become others")]
    [InlineData("in role k12hub", "is a member of k12hub, which owns the tables")]
    public async Task A_role_that_row_level_security_does_not_bind_is_refused(string attribute, string because)
    {
        await using var database = await TestDatabase.CreateAsync();
        var application = await database.CreateRoleAsync("app", attribute);
        await using var store = DocumentStore.For(options =>
            (options.ConnectionString, options.OwnerConnectionString) = (application, database.ConnectionString));

        var refused = await Assert.ThrowsAsync<SchemaException>(() => store.ApplySchemaAsync(Ct));

        Assert.StartsWith(
            $"database.role: app_{database.Name}, the role the program works as, {because}: ", refused.Message,
            StringComparison.Ordinal);
        Assert.Equal(0L, await ScalarAsync(
            store.OwnerDataSource, "select count(*) from pg_namespace where nspname = 'es'"));
    }

    [Theory]
    [InlineData("superuser", "is a superuser")]
    [InlineData("bypassrls", "has BYPASSRLS")]
    public async Task A_role_that_may_become_such_a_one_is_refused(string attribute, string because)
    {
        await using var database = await TestDatabase.CreateAsync();
        await database.CreateRoleAsync("boss", attribute);
        await using var store = Open(
            await database.CreateRoleAsync("app", $"noinherit in role boss_{database.Name}"),
            database.ConnectionString);

        var refused = await Assert.ThrowsAsync<SchemaException>(() => store.ApplySchemaAsync(Ct));

        Assert.Contains(
            $" may become boss_{database.Name}, who {because}: ", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>As after naming a superuser as the owner beside the role that did everything so far: what serves all
    /// districts would have the program's own rights, see nothing, and leave every message unsent.</summary>
    [Theory]
    [InlineData(true, "es.audit_heads")]
    [InlineData(false, "es.audit_append(")]
    public async Task A_role_that_still_owns_what_it_made_is_refused(bool tablesToo, string what)
    {
        await using var database = await TestDatabase.CreateAsync();
        var before = await database.GiveToOwnerAsync();
        await using (var alone = Open(before, null))
        {
            await alone.ApplySchemaAsync(Ct);
        }

        await using var store = Open(before, database.ConnectionString);
        await using var give = store.OwnerDataSource.CreateCommand(
            """
            do $$ declare name text; begin
              for name in select t::text from es.guarded_tables() t union all
                select p.inhrelid::regclass::text from pg_inherits p where p.inhparent = 'es.audit_records'::regclass
              loop
                execute 'alter table ' || name || ' owner to k12hub';
              end loop;
            end $$
            """);
        if (!tablesToo)
        {
            await give.ExecuteNonQueryAsync(Ct);
        }

        var refused = await Assert.ThrowsAsync<SchemaException>(() => store.ApplySchemaAsync(Ct));

        Assert.StartsWith(
            $"database.role: owner_{database.Name}, the role the program works as, owns {what}", refused.Message,
            StringComparison.Ordinal);
    }

    /// <summary>As on most servers of others, where nobody is a superuser.</summary>
    [Fact]
    public async Task An_owner_without_privileges_is_enough()
    {
        await using var database = await TestDatabase.CreateAsync();
        var owner = await database.GiveToOwnerAsync();
        await using var store = Open(await database.CreateRoleAsync("app"), owner);

        Assert.Empty((await store.ApplySchemaAsync(Ct)).Notices);
        await WorkAsync(store);
        Assert.Empty(await DistrictGuard.ComplaintsAsync(database.ConnectionString, Ct));
    }

    [Fact]
    public async Task One_role_for_both_works_and_the_start_says_what_that_means()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = Open(await database.GiveToOwnerAsync(), null);

        var notice = Assert.Single((await store.ApplySchemaAsync(Ct)).Notices);
        Assert.StartsWith(
            $"owner_{database.Name} both owns the tables and works on them.", notice, StringComparison.Ordinal);
        await WorkAsync(store);
        Assert.Equal(0L, await ScalarAsync(store.DataSource, "select count(*) from es.events"));
    }

    /// <summary>Everything a store does, in two districts.</summary>
    private static async Task WorkAsync(DocumentStore store)
    {
        foreach (var tenant in new[] { TestStore.Lincoln, TestStore.Franklin })
        {
            await using var session = store.LightweightSession(tenant);
            session.IdentifyCommand(Bus);
            session.Events.StartStream<Inquiry>(Bus, new InquiryOpened("Bus 12 was late"));
            session.Events.Append<Note>(Guid.CreateVersion7(), ExpectedVersion.Any, new NoteWritten("late"));
            session.Outbox.Publish("mail.send", "a", new { To = "ana" });
            await session.SaveChangesAsync(Ct);
            await store.Jobs.RegisterAsync(tenant, "nightly", "import", "0 0 2 * * ?", "UTC", true, Ct);
            await BulkAsync(store, tenant, 0);
            await BulkAsync(store, tenant, 1);
        }

        store.Daemon.StartAll();
        await store.WaitForNonStaleDataAsync(TestStore.Lincoln, null, TimeSpan.FromSeconds(60), Ct);
        await store.Daemon.StopAllAsync();
        foreach (var name in store.ProjectionControl.Names)
        {
            await store.RebuildProjectionAsync(name, null, Ct);
        }

        Assert.Equal(2, Assert.Single(await store.OutboxMessages.StandingAsync(Ct)).Due);
        Assert.Equal(2, (await store.Jobs.AllAsync(Ct)).Count);
        var status = await store.ProjectionControl.StatusAsync(Ct);
        Assert.Equal(2 * store.ProjectionControl.Names.Count, status.Count);
        Assert.Equal(
            (2_402L, 1_202L, 2_402),
            (await CountAsync(store, "es.events"), await CountAsync(store, "es.streams"),
                (await store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10_000, null, Ct)).Events.Count));
        Assert.Equal(1L, await CountAsync(store, "inquiries.queue where subject = 'Bus 12 was late'"));

        await store.Erasure.DestroyDistrictAsync(TestStore.Franklin, "contract 5", null, Ct);
        Assert.Equal(2_402L, await CountAsync(store, "es.events"));
        Assert.Equal(2_402L, await ScalarAsync(store.OwnerDataSource, "select count(*) from es.events"));
    }

    /// <summary>Appends to new streams, and then to the same.</summary>
    private static async Task BulkAsync(DocumentStore store, DistrictId tenant, int round)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        var events = Enumerable.Range(0, 1_200).Select(i => new BulkEvent(
            new(i, 7, (short)tenant.Value, new byte[8]), "note", new NoteWritten($"{i} {round}")));
        var appended = await store.BulkAppend.AppendAsync(
            connection, tenant, events.ToAsyncEnumerable(), EventMetadata.None, Ct);
        await transaction.CommitAsync(Ct);
        Assert.Equal((1_200L, round == 0 ? 1_200L : 0L), (appended.Events, appended.StreamsStarted));
    }

    private static DocumentStore Open(string application, string? owner) => DocumentStore.For(options =>
    {
        TestStore.Configure(options, null);
        Projecting.Add(options);
        options.ErasureLedger = new NoLedger();
        (options.ConnectionString, options.OwnerConnectionString) = (application, owner);
    });

    /// <summary>Rows of Lincoln, as the program counts them.</summary>
    private static async Task<long> CountAsync(DocumentStore store, string what)
    {
        await using var command = store.DataSource.CreateCommand(
            TestStore.Lincoln, $"select count(*) from {what}");
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private static async Task<long> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Ct))!;
    }

    private sealed class NoLedger : IErasureLedger
    {
        public ValueTask AddAsync(ErasureEntry entry, CancellationToken ct) => ValueTask.CompletedTask;

        public ValueTask<IReadOnlyList<ErasureEntry>> ReadAsync(CancellationToken ct) => new([]);
    }
}
