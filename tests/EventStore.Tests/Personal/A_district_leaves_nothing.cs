using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class A_district_leaves_nothing
{
    private static readonly DistrictId Franklin = TestStore.Franklin;

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Every_row_and_key_of_it_goes_and_the_other_stays_as_it_was()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz", tenant: Franklin);
        await test.RegisterAsync(FamilyStore.Okafor, "Okafor");
        await test.ExecuteAsync("create table families.older as select * from families.list");
        var others = await RowsAsync(test, 1);
        Assert.NotEqual("", await RowsAsync(test, 2));

        await test.Store.Erasure.DestroyDistrictAsync(Franklin, "contract 5", "person:7", Ct);

        Assert.Equal("es.erasures", await RowsAsync(test, 2));
        Assert.Equal(others, await RowsAsync(test, 1));
        var dump = await PgDump.TextAsync(test.ConnectionString, TestStore.Ct);
        Assert.DoesNotContain("Ortiz", dump, StringComparison.Ordinal);
        Assert.Contains("Okafor", dump, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(test.Folder, "ring", "2")));
        Assert.True(Directory.Exists(Path.Combine(test.Folder, "ring", "1")));
    }

    [Fact]
    public async Task A_restored_dump_loses_it_again()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz", tenant: Franklin);
        var file = Path.Combine(test.Folder, "yesterday.dump");
        await PgDump.DumpAsync(test.ConnectionString, file, TestStore.Ct);
        await test.Store.Erasure.DestroyDistrictAsync(Franklin, "contract 5", null, Ct);

        await using var restored = await TestDatabase.CreateAsync();
        await PgDump.RestoreAsync(restored.ConnectionString, file, TestStore.Ct);
        await using var store = test.Open(restored.ConnectionString);
        await store.ApplySchemaAsync(Ct);
        Assert.DoesNotContain(
            "Ortiz", await PgDump.TextAsync(restored.ConnectionString, TestStore.Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasing_and_masking_in_one_leave_the_other_as_it_was_though_all_ids_are_the_same()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz");
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz", tenant: Franklin);
        var before = await test.LinesAsync(OfFranklin);

        await test.EraseAsync(FamilyStore.Ortiz);
        await test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Lincoln, m => m.AddRule<FamilyRegistered>(e => e with { School = "A school" }), "r", null, Ct);

        Assert.Equal(before, await test.LinesAsync(OfFranklin));
        await using var session = test.Store.LightweightSession(Franklin);
        var family = (await session.Events.FetchForWriting<Family>(FamilyStore.Ortiz, Ct)).Aggregate!;
        Assert.Equal(("Ortiz", "555-0101"), (family.Name, family.Phone));
        Assert.Empty(await test.Store.Erasure.FindErasedAsync(Franklin, [FamilyStore.Ortiz], Ct));
    }

    private const string OfFranklin =
        """
        select e::text from es.events e where tenant_id = 2
        union all select s::text from es.streams s where tenant_id = 2
        union all select r::text from families.list r where tenant_id = 2
        union all select o::text from es.outbox o where tenant_id = 2
        union all select k::text from es.subject_keys k where tenant_id = 2 order by 1
        """;

    /// <summary>Names of the tables that hold something of a district, with what they hold.</summary>
    private static async Task<string> RowsAsync(FamilyStore test, int district)
    {
        var tables = (await test.LinesAsync(
            """
            select attrelid::regclass::text from pg_attribute join pg_class c on c.oid = attrelid
             where attname = 'tenant_id' and relkind = 'r' order by 1
            """)).Split('\n');
        var found = new List<string>();
        foreach (var table in tables)
        {
            var rows = await test.LinesAsync($"select t::text from {table} t where tenant_id = {district} order by 1");
            if (rows.Length > 0)
            {
                found.Add(district == 2 ? table : $"{table}: {rows}");
            }
        }

        return string.Join('\n', found);
    }
}
