using System.Text.RegularExpressions;
using K12Hub.EventStore;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>Mia with something in every personal field that stands nowhere else, and what stays of her.</summary>
public sealed partial class ErasingTests : IAsyncLifetime
{
    private static readonly Guid Mia = RosterId.Of("sis", "users", Canary("user"));

    /// <summary>Everything the source says of her in words.</summary>
    private static readonly string[] Fields =
    [
        "City", "Custody", "Destination", "Email", "Exit", "FamilyName", "Funding", "GivenName", "Home", "Identifier",
        "Master", "MiddleName", "Phone", "PreferredFamilyName", "PreferredGivenName", "PreferredMiddleName", "Pronouns",
        "Pronouns2", "Residence", "Sms", "UserId", "Username", "role", "user",
    ];

    private const string Birthday = "2020-02-29";

    private TestDistrict district = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task Events_hold_nothing_of_anybody_that_can_be_read()
    {
        await district.ImportAsync(WithCanaries());
        await district.ImportAsync(WithCanaries().Change("users.csv", Canary("Pronouns"), Canary("Pronouns2")));
        await SupplementAsync();

        var log = string.Join('\n', await district.ListAsync("select data::text from es.events"));
        Assert.Equal([], CanariesIn(log));
        foreach (var never in (string[])["Ortiz", "Okafor", "ana@", Birthday, "555-"])
        {
            Assert.DoesNotContain(never, log, StringComparison.Ordinal);
        }

        // And all of it is there for whoever has the keys.
        await district.OpenEventsAsync();
        var opened = string.Join('\n', await district.ListAsync("select record::text from opened"));
        Assert.Equal(Fields, CanariesIn(opened).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_dump_has_no_trace_of_somebody_erased_and_keeps_the_others()
    {
        await district.ImportAsync(WithCanaries());
        await district.ImportAsync(WithCanaries().Change("users.csv", Canary("Pronouns"), Canary("Pronouns2")));
        await SupplementAsync();
        Assert.Contains("Pronouns2", CanariesIn(await DumpAsync()));
        Assert.Contains("Custody", CanariesIn(await DumpAsync()));

        await EraseAsync(Mia);

        var dump = await DumpAsync();
        Assert.Equal([], CanariesIn(dump));
        Assert.DoesNotContain(Birthday, dump, StringComparison.Ordinal);
        Assert.Contains("Ana\tOrtiz", dump, StringComparison.Ordinal);
        Assert.Equal("[erased] [erased] ", await district.OneAsync(
            $"select concat_ws(' ', given_name, family_name, email, '') from roster.people where id = '{Mia}'"));
    }

    [Fact]
    public async Task The_next_import_of_the_same_file_brings_nothing_back_and_says_who_was_erased()
    {
        await district.ImportAsync(WithCanaries());
        await EraseAsync(Mia);

        var outcome = await district.ImportAsync(WithCanaries());

        Assert.Equal(ImportStatus.Unchanged, outcome.Status);
        var finding = Assert.Single(outcome.Findings, f => f.Rule == "person.erased");
        Assert.Equal(("users.csv", 7, null, null), (finding.File, finding.Line, finding.Value, finding.SourcedId));
        Assert.Equal([], CanariesIn(await DumpAsync()));
    }

    [Fact]
    public async Task A_supplementary_file_brings_nothing_of_her_back_either()
    {
        await district.ImportAsync(WithCanaries());
        await SupplementAsync();
        await EraseAsync(Mia);

        var outcome = await SupplementAsync();

        Assert.Equal(ImportStatus.Unchanged, outcome.Status);
        Assert.Equal(2, Assert.Single(outcome.Findings, f => f.Rule == "person.erased").Line);
        Assert.Equal([], CanariesIn(await DumpAsync()));
    }

    [Fact]
    public async Task Whoever_was_erased_ends_and_returns_as_nobody()
    {
        district.Limits = TestDistrict.NoGrace;
        await district.ImportAsync(WithCanaries());
        await EraseAsync(Mia);
        await district.ImportAsync(WithCanaries()
            .Without("users.csv", Canary("user")).Without("roles.csv", Canary("role")).Without("enrollments.csv", "e3")
            .Without("demographics.csv", Canary("user")));
        var changed = await district.ImportAsync(WithCanaries().Change("users.csv", Canary("Pronouns"), "they"));

        Assert.Equal(ImportStatus.Applied, changed.Status);
        Assert.Equal([], CanariesIn(await DumpAsync()));
        await district.OpenEventsAsync();
        Assert.Equal(
            ["roster.user_added null", "roster.user_ended null", "roster.user_returned null"],
            await district.ListAsync(
                $"select type || ' ' || record::text from opened where stream_id = '{Mia}' order by version"));
        Assert.Equal("[erased]", await district.OneAsync($"""
            select given_name from roster.people where id = '{Mia}' and ended_at is null and pronouns is null
            """));
    }

    [Fact]
    public async Task Somebody_erased_before_she_was_ever_sent_comes_as_nobody()
    {
        await EraseAsync(Mia);
        var outcome = await district.ImportAsync(WithCanaries());

        Assert.Equal(ImportStatus.Applied, outcome.Status);
        Assert.Single(outcome.Findings, f => f.Rule == "person.erased");
        Assert.Equal([], CanariesIn(await DumpAsync()));
        Assert.Equal("True", await district.OneAsync($"select is_student from roster.people where id = '{Mia}'"));
    }

    [Fact]
    public async Task An_erasure_waits_for_the_import_and_then_finds_what_it_wrote()
    {
        await using var import = await district.Store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using var transaction = await import.BeginTransactionAsync(Ct);
        await Erasure.HoldUpAsync(import, TestDistrict.Id, Ct);
        var erasing = EraseAsync(Mia);
        while (await district.OneAsync("""
            select count(*) from pg_locks where locktype = 'advisory' and not granted
               and database = (select oid from pg_database where datname = current_database())
            """) is "0")
        {
            await Task.Delay(10, Ct);
        }

        Assert.False(erasing.IsCompleted);
        await transaction.CommitAsync(Ct);
        await erasing;
        Assert.Equal("1", await district.OneAsync("select es.count_erased(1::smallint)"));
    }

    private static Package WithCanaries() => Package.Version12()
        .With("users.csv", string.Join(',',
            Canary("user"), "", "", "true", Canary("Username"), $"{{State:{Canary("UserId")}}}", Canary("GivenName"),
            Canary("FamilyName"), Canary("MiddleName"), Canary("Identifier"), Canary("Email"), Canary("Sms"),
            Canary("Phone"), "ana", "01", "", Canary("Master"), Canary("PreferredGivenName"),
            Canary("PreferredMiddleName"), Canary("PreferredFamilyName"), "lincoln", Canary("Pronouns")))
        .With("roles.csv", $"{Canary("role")},,,{Canary("user")},primary,student,2026-08-31,,lincoln,")
        .With("enrollments.csv", $"e3,,,math3a,lincoln,{Canary("user")},student,,2026-08-31,2027-06-12")
        .With("demographics.csv",
            $"{Canary("user")},,,{Birthday},female,true,false,false,false,false,false,true,US,CA,{Canary("City")},"
                + Canary("Residence"));

    private Task<ImportOutcome> SupplementAsync() => district.SupplementAsync(
        "sourcedId,guardianSourcedId,homeLanguage,exitReason,exitDestination,fundingCategory,household,custody",
        $"{Canary("user")},,so,{Canary("Exit")},{Canary("Destination")},{Canary("Funding")},{Canary("Home")},",
        $"{Canary("user")},ana,,,,,,{Canary("Custody")}");

    private Task<ErasureEntry> EraseAsync(Guid person) =>
        district.Store.Erasure.EraseSubjectAsync(TestDistrict.Id, person, "request 17", "person:7", Ct);

    private Task<string> DumpAsync() => PgDump.TextAsync(district.ConnectionString, Ct);

    private static string Canary(string field) => $"canary-{field}-nowhere-else";

    private static IEnumerable<string> CanariesIn(string text) =>
        CanaryIn().Matches(text).Select(match => match.Groups[1].Value).Distinct();

    [GeneratedRegex("canary-([A-Za-z0-9]+)-nowhere-else")]
    private static partial Regex CanaryIn();
}
