namespace K12Hub.EventStore.Tests.Auditing;

public sealed class Words_of_a_record_go_with_their_student
{
    private const string Words = """{"party":"Ms. Ortiz, a \"neighbour\" of Peña","interest":"a bus"}""";

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task They_are_sealed_and_read_until_the_student_is_erased()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz");
        await test.RegisterAsync(FamilyStore.Okafor, "Okafor");
        await test.Store.Audit.WriteOnceAsync(
            FamilyStore.Lincoln, [Told(FamilyStore.Ortiz), Told(FamilyStore.Okafor)], Ct);

        var stored = await StoredAsync(test);
        Assert.DoesNotContain("Ortiz", string.Concat(stored), StringComparison.Ordinal);
        Assert.All(await OpenAsync(test, stored), open => Assert.Equal(
            """{"basis":"order","party":"Ms. Ortiz, a \u0022neighbour\u0022 of Pe\u00F1a","interest":"a bus"}""",
            open));
        await test.EraseAsync(FamilyStore.Ortiz);

        await using var other = test.Open(test.ConnectionString);
        var left = await other.Audit.OpenAsync(FamilyStore.Lincoln, stored, Ct);
        Assert.Equal("""{"basis":"order"}""", left[0]);
        Assert.Contains("neighbour", left[1], StringComparison.Ordinal);
        Assert.True((await test.Store.Audit.VerifyAsync(FamilyStore.Lincoln, [], Ct)).Holds);
        await Assert.ThrowsAsync<SubjectErasedException>(() => test.Store.Audit.WriteOnceAsync(
            FamilyStore.Lincoln, [Told(FamilyStore.Okafor) with { Action = "again" }, Told(FamilyStore.Ortiz)], Ct));
        Assert.Equal(2, (await StoredAsync(test)).Count);
    }

    [Fact]
    public async Task Told_again_they_are_the_same_also_after_the_ring_has_a_new_key()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz");
        var first = await test.Store.Audit.WriteOnceAsync(FamilyStore.Lincoln, [Told(FamilyStore.Ortiz)], Ct);
        await test.Store.RotateKeysAsync(FamilyStore.Lincoln, Ct);

        Assert.Equal(
            first, await test.Store.Audit.WriteOnceAsync(FamilyStore.Lincoln, [Told(FamilyStore.Ortiz)], Ct));
        Assert.NotEqual(
            first,
            await test.Store.Audit.WriteOnceAsync(
                FamilyStore.Lincoln, [Told(FamilyStore.Ortiz) with { Personal = """{"party":"Ms. Ortiz"}""" }], Ct));
    }

    [Fact]
    public async Task Damaged_ones_moved_ones_and_those_of_a_lost_key_are_told_apart_from_the_others()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz");
        await test.RegisterAsync(FamilyStore.Okafor, "Okafor");
        await test.Store.Audit.WriteOnceAsync(
            FamilyStore.Lincoln, [Told(FamilyStore.Ortiz), Told(FamilyStore.Okafor)], Ct);
        var (ortiz, okafor) = await StoredAsync(test) is [var one, var two] ? (one, two) : default;
        const string Lost = """{"basis":"order","isDamaged":true}""";

        var open = await OpenAsync(
            test,
            [
                okafor,
                ortiz with { Json = ortiz.Json.Replace("$e\":\"AQAA", "$e\":\"AQAB", StringComparison.Ordinal) },
                ortiz with { Json = ortiz.Json.Replace("$e\":\"A", "$e\":\"*", StringComparison.Ordinal) },
                okafor with { Json = ortiz.Json }, okafor with { Student = null },
                ortiz with { Student = Guid.NewGuid() }, new(null, """{"basis":"$e"}"""), new(null, "{}"),
            ]);

        Assert.Contains("neighbour", open[0], StringComparison.Ordinal);
        Assert.Equal([Lost, Lost, Lost, Lost, Lost, """{"basis":"$e"}""", "{}"], open.Skip(1));
    }

    private static AuditEntry Told(Guid student) => new(AuditKind.Disclosure, "disclosed", "graphql")
    {
        At = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero),
        Actor = "reyes",
        FieldGroups = ["names"],
        Students = [student],
        Detail = """{"basis":"order"}""",
        Personal = Words,
    };

    private static async Task<IReadOnlyList<string>> OpenAsync(
        FamilyStore test, IReadOnlyCollection<AuditDetail> all) =>
        await test.Store.Audit.OpenAsync(FamilyStore.Lincoln, all, Ct);

    private static async Task<IReadOnlyList<AuditDetail>> StoredAsync(FamilyStore test)
    {
        await using var command = test.Store.OwnerDataSource.CreateCommand(
            "select students[1], detail from es.access_records order by number");
        await using var rows = await command.ExecuteReaderAsync(Ct);
        var found = new List<AuditDetail>();
        while (await rows.ReadAsync(Ct)) found.Add(new(rows.GetGuid(0), rows.GetString(1)));
        return found;
    }
}
