namespace K12Hub.EventStore.Tests;

public sealed class Tables_follow_their_rows
{
    [Fact]
    public async Task The_row_record_decides_the_table()
    {
        var map = new TableMaps().Add<EveryKind>("samples.every_kind", 3, t => t
            .Key(r => r.Id)
            .Index(r => r.FamilyName, r => r.Id)
            .Index(r => r.School, r => r.GradeLevel2, where: "is_student and withdrawn_on is null")
            .Index(r => r.SISNumber, unique: true)
            .Index(
                r => r.AVeryLongPropertyNameThatIsLongerThanAnyoneNeeds,
                r => r.WithdrawnOn,
                r => r.RecordedAt,
                r => r.Id)
            .Ignore(r => r.Scratch)
            .FollowsStream());
        var actual = TableDdl.CreateTable(map) + TableDdl.CreateView(map);
        var approved = Path.Combine(Folder(), "approved", "every_kind.sql");
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1")
        {
            await File.WriteAllTextAsync(approved, actual, TestStore.Ct);
        }

        Assert.Equal(await File.ReadAllTextAsync(approved, TestStore.Ct), actual);
        await using var test = await TestStore.CreateAsync();
        await test.ExecuteAsync(actual);
    }

    [Fact]
    public async Task Every_kind_of_value_is_written_and_read_back()
    {
        var id = new Guid("00000000-0000-0000-0000-0000000000b1");
        await using var test = await TestStore.CreateAsync();
        await using var store = DocumentStore.For(o =>
        {
            TestStore.Configure(o, test.ConnectionString);
            o.Tables.Add<EveryKind>(
                "samples.every_kind", 1, t => t.Key(r => r.Id).Ignore(r => r.Scratch).FollowsStream());
            o.Projections.Add<NoteShelf>(ProjectionLifecycle.Inline);
        });
        await store.ApplySchemaAsync(TestStore.Ct);
        await using var session = store.LightweightSession(TestStore.Lincoln);
        session.Events.StartStream<Note>(id, new NoteWritten("A line"));
        await session.SaveChangesAsync(TestStore.Ct);

        Assert.Equal(
            """
            a_very_long_property_name_that_is_longer_than_anyone_needs null
            count 9000000000
            family_name "A line"
            grade_level2 3
            id "00000000-0000-0000-0000-0000000000b1"
            is_student true
            level 7
            money 12.34
            notes {"home": "Spanish"}
            parents ["00000000-0000-0000-0000-000000000009"]
            phones ["1", "2"]
            rate 0.5
            reason "Withdrawn"
            recorded_at "2026-11-21T12:00:00+00:00"
            school "00000000-0000-0000-0000-000000000007"
            sis_number "S-1"
            starts_at "07:30:00"
            stream_version 1
            tenant_id 1
            user null
            withdrawn_on null
            """,
            await test.RowsAsync(
                "select v.key, v.value from samples.every_kind_v1 r, jsonb_each(to_jsonb(r)) v order by v.key"));
    }

    [Theory]
    [InlineData("FamilyName", "family_name")]
    [InlineData("SISNumber", "sis_number")]
    [InlineData("OrgID", "org_id")]
    [InlineData("GradeLevel2", "grade_level2")]
    [InlineData("Id", "id")]
    public void Names_become_snake_case(string property, string column) =>
        Assert.Equal(column, RowShape.SnakeCase(property));

    [Fact]
    public void A_row_that_cannot_be_a_table_is_refused_with_the_reason()
    {
        Assert.Contains("has no key", Refused<NoteWritten>(_ => { }), StringComparison.Ordinal);
        Assert.Contains("may be null", Refused<InquiryOpened>(t => t.Key(r => r.Language)), StringComparison.Ordinal);
        Assert.Contains("[Jsonb]", Refused<Odd>(t => t.Key(r => r.Id)), StringComparison.Ordinal);
        Assert.Contains("adds tenant_id", Refused<WithTenant>(t => t.Key(r => r.TenantId)), StringComparison.Ordinal);
        Assert.Contains("plain property", Refused<Note>(t => t.Key(r => r.Last.Length)), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new TableMaps().Add<Note>("Notes", 1, t => t.Key(r => r.Id)));
        Assert.Throws<ArgumentException>(() => new TableMaps().Add<Note>("es.notes", 1, t => t.Key(r => r.Id)));
    }

    private static string Refused<T>(Action<TableBuilder<T>> shape) =>
        Assert.Throws<ArgumentException>(() => new TableMaps().Add("samples.refused", 1, shape)).Message;

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string path = "") =>
        Path.GetDirectoryName(path)!;

    private sealed record Odd(Guid Id, Version Release);

    private sealed record WithTenant(short TenantId);

    private readonly record struct SchoolKey(Guid Value);

    private sealed record EveryKind(
        Guid Id,
        string FamilyName,
        string? SISNumber,
        SchoolKey School,
        bool IsStudent,
        int GradeLevel2,
        short Level,
        long Count,
        double Rate,
        decimal Money,
        DateOnly? WithdrawnOn,
        TimeOnly StartsAt,
        DateTimeOffset RecordedAt,
        ClosingReason Reason,
        string[] Phones,
        IReadOnlyList<Guid> Parents,
        [property: Jsonb] Dictionary<string, string>? Notes,
        string? User,
        bool? AVeryLongPropertyNameThatIsLongerThanAnyoneNeeds)
    {
        public string Scratch { get; init; } = "";

        public string Computed => FamilyName;
    }

    private sealed class NoteShelf : SingleStreamProjection<Note, EveryKind>
    {
        public override EveryKind Row(Note aggregate) => new(
            aggregate.Id, aggregate.Last, "S-1", new(new("00000000-0000-0000-0000-000000000007")), true, 3, 7,
            9_000_000_000, 0.5, 12.34m, null, new(7, 30), new(2026, 11, 21, 7, 0, 0, TimeSpan.FromHours(-5)),
            ClosingReason.Withdrawn, ["1", "2"], [new("00000000-0000-0000-0000-000000000009")],
            new() { ["home"] = "Spanish" }, null, null);
    }
}
