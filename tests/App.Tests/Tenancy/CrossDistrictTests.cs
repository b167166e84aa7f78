using K12Hub.GraphQL.Types;

namespace K12Hub.App.Tests.Tenancy;

/// <summary>Whatever field takes an id, in queries and mutations: the id of another district is answered as one that
/// nobody has. Made from the schema, so that a new field is asked too.</summary>
public sealed class CrossDistrictTests
{
    private const int OfEachType = 3;

    // Ids of accounts and topics, of which the API has no objects; schools of a role that is not named; ids that are
    // looked at only where what is named beside them is right; and staff, whom the run that was taken back by then has
    // taken along.
    private static readonly string[] OfNoObject =
    [
        "Query.grants(where.accountId.eq)", "Query.grants(where.accountId.in)",
        "Query.breakGlassUses(where.topicId.eq)", "Query.breakGlassUses(where.topicId.in)",
        "Query.accountLinks(where.accountId.eq)", "Query.accountLinks(where.accountId.in)",
        "Mutation.grantRole(input.accountId)", "Mutation.grantRole(input.topicIds)",
        "Mutation.assignPosition(input.personId)", "Mutation.assignPosition(input.organizationId)",
        "Mutation.linkAccountToPerson(input.accountId)", "Mutation.createToken(input.schoolIds)",
        "Mutation.setContactChain(input.schoolId)",
        "Mutation.planAbsence(input.personId)", "Mutation.planAbsence(input.deputyId)",
    ];

    [Fact]
    public async Task An_id_of_another_district_is_answered_as_one_that_nobody_has()
    {
        await using var both = await TwoDistricts.OpenAsync();
        var own = await both.IdsAsync(TwoDistricts.Lincoln);
        var others = await both.IdsAsync(TwoDistricts.Oak);
        var types = both.Schema.Types.OfType<ObjectType>()
            .Where(type => type.Interfaces.Any(i => i.Name == "Node")).Select(type => type.Name).Order().ToList();
        Assert.Equal(types, own.Select(ids => ids.Key).Order());
        Assert.Equal(types, others.Select(ids => ids.Key).Order());
        var foreign = types.SelectMany(type => others[type].Except(own[type]).Take(OfEachType)).ToList();
        Assert.Equal(types, foreign.Select(TwoDistricts.TypeOf).Distinct());
        var before = await both.RowsAsync(TwoDistricts.Oak);

        var wrong = new List<string>();
        foreach (var place in IdPlaces.Of(both.Schema))
        {
            foreach (var id in foreign)
            {
                var unknown = TwoDistricts.Unknown(id);
                var asked = await both.AskAsync(TwoDistricts.Lincoln, place.Document(id));
                var nobody = await both.AskAsync(TwoDistricts.Lincoln, place.Document(unknown));
                if (TwoDistricts.Without(asked, id) != TwoDistricts.Without(nobody, unknown))
                {
                    wrong.Add($"{place.Name}: {place.Document(id)}\n  {asked}\n  {nobody}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(5)));
        Assert.Equal(before, await both.RowsAsync(TwoDistricts.Oak));
    }

    /// <summary>The same questions find something where there is something: each place is asked so that it would
    /// tell.</summary>
    [Fact]
    public async Task Every_place_that_takes_an_id_finds_what_is_of_ones_own_district()
    {
        await using var both = await TwoDistricts.OpenAsync();
        var own = await both.IdsAsync(TwoDistricts.Lincoln);
        var blind = new List<string>();
        var places = IdPlaces.Of(both.Schema).ToList();
        foreach (var place in places.Where(place => !place.Negates))
        {
            if (!await FindsAsync(both, place, own)) blind.Add(place.Name);
        }

        Assert.Contains(places, place => place.Name == "Query.node(id)");
        Assert.Contains(places, place => place.Name == "Query.nodes(ids)");
        Assert.Contains(places, place => place.Name == "Query.students(where.id.eq)");
        Assert.Contains(places, place => place.Name == "Mutation.retryOutboxMessage(input.id)");
        Assert.Empty(blind.Except(OfNoObject));
    }

    [Fact]
    public async Task A_roster_run_that_is_taken_back_takes_nothing_from_another_district()
    {
        await using var both = await TwoDistricts.OpenAsync();
        var run = (await both.IdsAsync(TwoDistricts.Lincoln))["SyncRun"].Single();
        var before = await both.RowsAsync(TwoDistricts.Oak);

        var answer = await both.AskAsync(TwoDistricts.Lincoln,
            $"mutation {{ rollBackSyncRun(input: {{ id: \"{run}\" }}) {{ syncRun {{ status }} errors {{ code }} }} }}");

        Assert.Contains("\"rolledBack\"", answer, StringComparison.Ordinal);
        Assert.Empty((await both.IdsAsync(TwoDistricts.Lincoln))["Student"]);
        Assert.Equal(before, await both.RowsAsync(TwoDistricts.Oak));
    }

    private static async Task<bool> FindsAsync(TwoDistricts both, IdPlace place, ILookup<string, string> own)
    {
        foreach (var ids in own)
        {
            var unknown = TwoDistricts.Unknown(ids.First());
            var nobody = await both.AskAsync(TwoDistricts.Lincoln, place.Document(unknown));
            if (nobody.Contains("ID_INVALID", StringComparison.Ordinal)) continue;

            foreach (var id in ids)
            {
                var asked = await both.AskAsync(TwoDistricts.Lincoln, place.Document(id));
                if (TwoDistricts.Without(asked, id) != TwoDistricts.Without(nobody, unknown)) return true;
            }
        }

        return false;
    }
}
