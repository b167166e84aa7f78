using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.GraphQL.Tests.Data.OnPostgres;

/// <summary>The promises of the data chapter, with EF Core and PostgreSQL below.</summary>
public sealed class PagesOnPostgresTests(PupilsDatabase database) : IClassFixture<PupilsDatabase>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    public static TheoryData<string> Orders => KeysetPagingTests.Orders;

    [Theory, MemberData(nameof(Orders))]
    public async Task Walking_both_ways_sees_every_row_once_in_order(string order)
    {
        await using var pupils = database.Open("many");
        var query = pupils.All.With(null, sort => KeysetPagingTests.Sorted(sort, order));
        var all = await query.Select(pupil => pupil.Number).ToListAsync(Ct);

        var forwards = new List<int>();
        for (string? after = null; ;)
        {
            var page = await query.ToPageAsync(new PagingArguments(First: 37, After: after), Ct);
            forwards.AddRange(Roll.Numbers(page.Items));
            after = page.EndCursor;
            if (!page.HasNextPage) break;
        }

        var backwards = new List<int>();
        for (string? before = null; ;)
        {
            var page = await query.ToPageAsync(new PagingArguments(Last: 41, Before: before), Ct);
            backwards.InsertRange(0, Roll.Numbers(page.Items));
            before = page.StartCursor;
            if (!page.HasPreviousPage) break;
        }

        Assert.Equal(300, all.Distinct().Count());
        Assert.Equal(all, forwards);
        Assert.Equal(all, backwards);
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task PostgreSQL_and_memory_order_alike(string order)
    {
        await using var pupils = database.Open("pupils");

        Assert.Equal(
            Roll.Numbers(Roll.Pupils.With(null, sort => KeysetPagingTests.Sorted(sort, order))),
            Roll.Numbers(await pupils.All.With(null, sort => KeysetPagingTests.Sorted(sort, order)).ToListAsync(Ct)));
    }

    [Fact]
    public async Task Many_parents_get_their_own_page_in_one_statement()
    {
        await using var pupils = database.Open("many");
        var query = pupils.All.With(null, sort => sort.AddDescending(p => p.Nickname));
        var paging = new PagingArguments(First: 5) { Wanted = PageParts.Items | PageParts.HasNextPage };

        var pages = await query.ToBatchPageAsync(p => p.Grade, paging, Ct);

        Assert.Single(pupils.Statements);
        Assert.Contains("ROW_NUMBER() OVER(PARTITION BY", pupils.Statements.Single(), StringComparison.Ordinal);
        for (var grade = 0; grade < 4; grade++)
        {
            var alone = await pupils.All.Where(p => p.Grade == grade)
                .With(null, sort => sort.AddDescending(p => p.Nickname)).ToPageAsync(paging, Ct);
            Assert.Equal(Roll.Numbers(alone.Items), Roll.Numbers(pages[grade].Items));
            Assert.True(pages[grade].HasNextPage);
        }
    }

    [Theory, MemberData(nameof(FilterTests.Comparisons), MemberType = typeof(FilterTests))]
    public async Task A_comparison_keeps_the_same_rows(string field, string operation, object? value, int[] kept)
    {
        await using var pupils = database.Open("pupils");
        var filter = new Filter<Pupil>(
            new Dictionary<string, object?> { [field] = new Dictionary<string, object?> { [operation] = value } },
            FilterTests.Fields);
        var query = new QueryContext<Pupil>(ColumnSet.All, filter.Predicate, null, null);

        var found = await pupils.All.With(query).Select(pupil => pupil.Number).ToListAsync(Ct);

        Assert.Equal(kept, found.Order());
    }

    [Fact]
    public async Task Only_wanted_columns_and_the_keys_are_read()
    {
        await using var pupils = database.Open("pupils");
        var query = new QueryContext<Pupil>(ColumnSet.None, null, null, null).Include(p => p.Nickname);

        await pupils.All.With(query, sort => sort.AddAscending(p => p.FamilyName)).ToPageAsync(new(First: 2), Ct);

        Assert.StartsWith(
            "SELECT p.id AS \"Id\", p.family_name AS \"FamilyName\", p.nickname AS \"Nickname\" FROM pupils AS p ",
            pupils.Statements.Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_and_filters_that_differ_in_values_share_one_compiled_query()
    {
        await using var pupils = database.Open("many");
        await ReadTwoPages("Name1");
        var compiled = pupils.Compilations.Count;
        await ReadTwoPages("Name2");

        Assert.Equal(2, compiled);
        Assert.Equal(2, pupils.Compilations.Count);

        async Task ReadTwoPages(string name)
        {
            var filter = new Filter<Pupil>(
                new Dictionary<string, object?> { ["familyName"] = new Dictionary<string, object?> { ["eq"] = name } },
                FilterTests.Fields);
            var sorted = pupils.All.With(
                new QueryContext<Pupil>(ColumnSet.All, filter.Predicate, null, null),
                sort => sort.AddAscending(p => p.BornOn).AddDescending(p => p.Grade));
            var paging = new PagingArguments(First: 3) { Wanted = PageParts.Items };
            var first = await sorted.ToPageAsync(paging, Ct);
            await sorted.ToPageAsync(paging with { After = first.EndCursor }, Ct);
        }
    }
}
