using System.Text.Json.Nodes;

namespace K12Hub.Roster.Tests.People;

/// <summary>Who lives with whom, who are brothers and sisters, and who may be contacted about whom.</summary>
public sealed class HouseholdTests : IAsyncLifetime
{
    private const string Told = """
        { students { nodes {
          givenName
          households { isNamed guardians { givenName } students { givenName } }
          siblings { givenName }
          contacts { guardian { givenName } relatedAs kind }
        } } }
        """;

    private RosterHub hub = null!;

    private TestDistrict District => hub.District;

    /// <summary>Ana and Ben have Leo and Mia, and live apart for all one knows; Ben and Cleo have Nina. Rosa is the
    /// grandmother of all three.</summary>
    public async ValueTask InitializeAsync() => hub = await RosterHub.WithAsync(Package.Version12()
        .With("users.csv",
            "ben,,,true,ben,,Ben,Baker,,,,,555-0101,\"leo,mia,nina\",,,,,,,,",
            "cleo,,,true,cleo,,Cleo,Chase,,,,,555-0101,nina,,,,,,,,",
            "rosa,,,true,rosa,,Rosa,Ortiz,,,,,,\"leo,mia,nina\",,,,,,,,",
            "nina,,,true,nina,,Nina,Baker,,,,,,,02,,,,,,lincoln,")
        .With("roles.csv",
            "rb,,,ben,primary,parent,,,lincoln,", "rc,,,cleo,primary,parent,,,lincoln,",
            "rr,,,rosa,primary,relative,,,lincoln,", "rn,,,nina,primary,student,,,lincoln,"));

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task A_child_of_two_homes_belongs_to_both_and_a_half_sibling_to_one()
    {
        var told = await ToldAsync();

        Assert.Equal("Ana with Leonardo Mía; Ben with Leonardo Mía Nina", told["Leonardo"].Homes);
        Assert.Equal("Ben with Leonardo Mía Nina; Cleo with Nina", told["Nina"].Homes);
        Assert.Equal("Leonardo Mía", told["Nina"].Siblings);
    }

    [Fact]
    public async Task Grown_ups_of_just_the_same_children_share_a_home_until_a_file_says_otherwise()
    {
        await District.ImportAsync(Package.Version12()
            .With("users.csv", "ben,,,true,ben,,Ben,Baker,,,,,,\"leo,mia\",,,,,,,,")
            .With("roles.csv", "rb,,,ben,primary,parent,,,lincoln,"));
        var before = (await ToldAsync())["Mía"].Homes;
        await District.SupplementAsync("sourcedId,household", "ana,H1", "ben,H2", "leo,\"H1,H2\"", "mia,\"H1,H2\"");
        var named = (await ToldAsync())["Mía"].Homes;
        await District.SupplementAsync("sourcedId,household", "mia,H1");

        Assert.Equal("Ana Ben with Leonardo Mía", before);
        Assert.Equal("Ana with Leonardo Mía (named); Ben with Leonardo Mía (named)", named);
        Assert.Equal("Ana with Leonardo Mía (named)", (await ToldAsync())["Mía"].Homes);
    }

    [Fact]
    public async Task A_key_of_the_type_household_names_a_home_too()
    {
        District.Limits = TestDistrict.NoGrace;
        await District.ImportAsync(Package.Version12()
            .Change("users.csv", "ana.ortiz,,Ana", "ana.ortiz,{Household:H9},Ana")
            .Change("users.csv", "{State:1001}", "\"{State:1001},{household:H9},{household:H8}\""));

        Assert.Equal(
            " with Leonardo (named); Ana with Leonardo Mía (named)", (await ToldAsync())["Leonardo"].Homes);
    }

    [Fact]
    public async Task A_relative_makes_neither_home_nor_siblings_unless_the_child_lives_there()
    {
        await District.SupplementAsync(
            "sourcedId,guardianSourcedId,livesWith,relation", "leo,rosa,yes,grandmother", "leo,ana,no,", "leo,ben,no,");

        Assert.Equal("Rosa with Leonardo", (await ToldAsync())["Leonardo"].Homes);
    }

    [Fact]
    public async Task Who_must_not_be_contacted_is_not_among_the_contacts_and_the_first_comes_first()
    {
        await District.SupplementAsync(
            "sourcedId,guardianSourcedId,relation,mayContact,contactPriority",
            "leo,ana,mother,no,1", "leo,rosa,grandmother,,1", "leo,okafor,caseworker,yes,");
        var told = await ToldAsync();

        Assert.Equal("Rosa grandmother relative, Ben - parent, Chidi caseworker supplement", told["Leonardo"].Contacts);
        Assert.Equal("Ben - parent, Ana - parent, Rosa - relative", told["Mía"].Contacts);
        Assert.Equal("Mía Nina", told["Leonardo"].Siblings);
    }

    [Fact]
    public async Task A_shared_number_makes_nobody_the_same_or_a_family()
    {
        // Ben and Cleo have one number; Cleo is nothing to Leo for that.
        var told = await ToldAsync();
        Assert.DoesNotContain("Cleo", told["Leonardo"].Homes + told["Leonardo"].Contacts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_guardian_says_about_which_children_to_be_asked()
    {
        await District.SupplementAsync("sourcedId,guardianSourcedId,mayContact", "leo,ana,no");
        Assert.Equal(
            """
            {"data":{"guardians":{"nodes":[{"relations":[{"student":{"givenName":"Leonardo"},"mayContact":false},
            {"student":{"givenName":"Mía"},"mayContact":true}]}]}}}
            """.ReplaceLineEndings(""),
            await hub.AskAsync("""
                { guardians(where: { email: { eq: "ana@example.org" } }) { nodes {
                  relations { student { givenName } mayContact } } } }
                """));
    }

    [Fact]
    public async Task However_many_students_are_asked_about_it_takes_a_handful_of_messages()
    {
        var package = Package.Version12();
        for (var i = 0; i < 20; i++)
        {
            package.With("users.csv", $"s{i},,,true,s{i},,Sam{i},Abel,,,,,,ana,03,,,,,,lincoln,")
                .With("roles.csv", $"rs{i},,,s{i},primary,student,,,lincoln,");
        }

        await District.ImportAsync(package);

        // What is asked at once goes in one message as far as it is ready, so it is not always the same number.
        Assert.InRange(await hub.MessagesOfAsync(
            "{ students(first: 20) { nodes { households { students { id } } siblings { id } contacts { kind } } } }"),
            1, 20);
    }

    private async Task<Dictionary<string, (string Homes, string Siblings, string Contacts)>> ToldAsync()
    {
        var students = JsonNode.Parse(await hub.AskAsync(Told))!["data"]!["students"]!["nodes"]!.AsArray();
        return students.ToDictionary(
            student => (string)student!["givenName"]!,
            student => (
                string.Join("; ", student!["households"]!.AsArray().Select(home => Home(home!)).Order()),
                Names(student["siblings"]),
                string.Join(", ", student["contacts"]!.AsArray().Select(contact => Contact(contact!)))));
    }

    private static string Contact(JsonNode contact) =>
        $"{contact["guardian"]!["givenName"]} {contact["relatedAs"]?.ToString() ?? "-"} {contact["kind"]}";

    private static string Home(JsonNode home) => $"{Names(home["guardians"])} with {Names(home["students"])}"
        + ((bool)home["isNamed"]! ? " (named)" : "");

    private static string Names(JsonNode? people) =>
        string.Join(' ', people!.AsArray().Select(person => (string)person!["givenName"]!).Order());
}
