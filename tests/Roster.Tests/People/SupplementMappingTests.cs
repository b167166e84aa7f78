namespace K12Hub.Roster.Tests.People;

/// <summary>A district's own column names and words: tried on real rows, kept version by version.</summary>
public sealed class SupplementMappingTests : IAsyncLifetime
{
    private const string Content = "Pupil,Lang\\nleo,Castilian\\nmia,French\\n";

    private const string Columns =
        """
        [{ column: "pupil", field: "sourcedId" },
         { column: "Lang", field: "homeLanguage", words: [{ word: "castilian", means: "es" }] }]
        """;

    private RosterHub hub = null!;

    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12());

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_mapping_is_tried_on_real_rows_before_it_is_kept()
    {
        Assert.Equal(
            """
            {"data":{"supplementPreview":{"rows":[
            {"line":2,"sourcedId":"leo","cells":[{"field":"homeLanguage","value":"es"}]},
            {"line":3,"sourcedId":"mia","cells":[{"field":"homeLanguage","value":"fr"}]}],"findings":[]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync(Preview($", columns: {Columns}")));
        Assert.Contains("{\"rule\":\"column.missing\"}]}}}", await hub.AskAsync(Preview("")),
            StringComparison.Ordinal);
        Assert.Equal("0", await hub.District.OneAsync("select count(*) from roster.supplements"));
    }

    [Fact]
    public async Task The_next_file_is_read_with_it_and_the_run_says_with_which()
    {
        await hub.AskAsync(Map(Columns));
        Assert.Equal(
            """
            {"data":{"importSupplement":{"syncRun":{"status":"applied","format":"Supplementary CSV, mapping 1"}}}}
            """,
            await hub.AskAsync($$"""
                mutation { importSupplement(input: { source: "sis", content: "{{Content}}" }) {
                  syncRun { status format } } }
                """));
        Assert.Equal("es,fr", await hub.District.OneAsync(
            "select string_agg(home_language, ',' order by sourced_id) from roster.supplements"));
    }

    [Fact]
    public async Task A_changed_mapping_is_a_new_version_and_the_old_one_stays()
    {
        const string Told = "{ supplementMappings { nodes { source version columns { column field } } } }";
        await hub.AskAsync(Map(Columns));
        await hub.AskAsync(Map(Columns));
        await hub.AskAsync(Map("""[{ column: "Key", field: "sourcedId" }]"""));

        Assert.Equal(
            """
            {"data":{"supplementMappings":{"nodes":[
            {"source":"sis","version":2,"columns":[{"column":"Key","field":"sourcedId"}]},
            {"source":"sis","version":1,"columns":[{"column":"pupil","field":"sourcedId"},
            {"column":"Lang","field":"homeLanguage"}]}]}}}
            """.ReplaceLineEndings(""), await hub.AskAsync(Told));
        Assert.Equal("2", await hub.District.OneAsync(
            "select count(*) from es.events where type = 'roster.supplement_mapped'"));
    }

    [Theory]
    [InlineData("""[{ column: "x", field: "shoeSize" }]""", "supplement.field")]
    [InlineData("""[{ column: "x", field: "household" }, { column: "y", field: "household" }]""",
        "supplement.field_twice")]
    [InlineData("""[{ column: " ", field: "household" }]""", "supplement.mapping_size")]
    public async Task A_mapping_that_cannot_be_is_refused(string columns, string code) =>
        Assert.Contains($"\"code\":\"{code}\"", await hub.AskAsync(Map(columns)), StringComparison.Ordinal);

    [Theory]
    [InlineData("source: \"sis\"", "supplement.no_file")]
    [InlineData("source: \"sis\", content: \"sourcedId\\n\"", null)]
    [InlineData("source: \"s i s\", content: \"sourcedId\\n\"", "supplement.source")]
    [InlineData("source: \"hr\", content: \"sourcedId\\n\"", "supplement.source_unknown")]
    public async Task A_file_that_cannot_be_is_refused(string input, string? code)
    {
        var told = await hub.AskAsync(
            $"mutation {{ importSupplement(input: {{ {input} }}) {{ syncRun {{ status }} errors {{ code }} }} }}");
        Assert.Contains(code is null ? "\"unchanged\"" : $"\"code\":\"{code}\"", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ supplementMappings { nodes { source } } }", "roster.read")]
    [InlineData("{ students { nodes { supplement { fundingCategory } } } }", "roster.read")]
    [InlineData("{ students { nodes { relations { custody { mayPickUp } } } } }", "roster.read")]
    [InlineData("mutation { importSupplement(input: { source: \"sis\", content: \"x\" }) { errors { code } } }",
        "roster.runs.decide")]
    public async Task Each_needs_a_permission_of_its_own(string query, string permission)
    {
        await hub.District.SupplementAsync(
            "sourcedId,guardianSourcedId,fundingCategory,mayPickUp", "leo,,x,", "leo,ana,,yes");
        Assert.Contains("AUTH_NOT_AUTHORIZED", await hub.AskAsync(query, permission), StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH_NOT_AUTHORIZED", await hub.AskAsync(query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_sent_twice_because_the_answer_was_lost_is_one_run()
    {
        const string Send = """
            mutation { importSupplement(input: { source: "sis", content: "sourcedId,exitReason\nleo,moved\n" }) {
              syncRun { id status } } }
            """;
        var first = await hub.AskAsync(Send);
        Assert.Equal(first, await hub.AskAsync(Send));

        // After it was taken back it is taken in again, and so is the same file after another one.
        await hub.District.Runs.RollBackAsync(
            TestDistrict.Id, Guid.Parse(await Run("applied")), "cli:test", TestContext.Current.CancellationToken);
        Assert.NotEqual(first, await hub.AskAsync(Send));
        await hub.District.SupplementAsync("sourcedId,exitReason", "leo,graduated");
        Assert.Contains("\"applied\"", await hub.AskAsync(Send), StringComparison.Ordinal);
        Assert.Equal("moved", await hub.District.OneAsync("select exit_reason from roster.supplements"));

        Task<string> Run(string status) => hub.District.OneAsync(
            $"select id from roster.sync_runs where source = 'sis.supplement' and status = '{status}'");
    }

    private static string Preview(string columns) => $$"""
        { supplementPreview(source: "sis", content: "{{Content}}"{{columns}}) {
            rows { line sourcedId cells { field value } } findings { rule } } }
        """;

    private static string Map(string columns) => $$"""
        mutation { mapSupplement(input: { source: "sis", columns: {{columns}} }) {
          supplementMapping { version } errors { code } } }
        """;
}
