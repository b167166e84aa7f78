using System.Globalization;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.App.Tests.Reading;

/// <summary>Reading through compiled queries answers what EF answers, for every value.</summary>
public sealed class CompiledReadingTests
{
    private static int timesComposed;

    private static readonly Guid?[] Depots =
        [null, Guid.Parse("5ae10f66-6c93-fcfb-c66e-4b2d08f5bf26"), Guid.Parse("00000000-0000-0000-0000-000000000001")];

    [Fact]
    public async Task Every_kind_of_query_answers_the_same()
    {
        await using var yard = await Yard.OpenAsync();
        foreach (var text in (string?[])["Bus 3", "Note 9", "", null])
        {
            foreach (var number in (int[])[0, 2, 20])
            {
                foreach (var depot in Depots) await CompareAsync(yard, new(text, number, depot));
            }
        }
    }

    [Fact]
    public async Task Other_values_need_no_other_query()
    {
        await using var yard = await Yard.OpenAsync();
        for (var seats = 0; seats < 50; seats += 10)
        {
            Assert.NotEmpty(await yard.Rows().Of<Bus>().Where(bus => bus.Seats == seats).ToListAsync(HubProcess.Ct));
        }

        Assert.Equal(1, yard.Compiled.Count);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Pages_follow_each_other_without_gap_or_overlap(bool down)
    {
        await using var yard = await Yard.OpenAsync();
        var seen = new List<Bus>();
        string? after = null;
        do
        {
            var page = await PageAsync(yard, new(First: 7, After: after), down);
            seen.AddRange(page.Items);
            after = page.HasNextPage ? page.EndCursor : null;
        }
        while (after is not null);

        var all = yard.Plain().Of<Bus>();
        var expected = down
            ? all.OrderByDescending(bus => bus.Name).ThenByDescending(bus => bus.Line).ThenByDescending(bus => bus.Id)
            : all.OrderBy(bus => bus.Name).ThenBy(bus => bus.Line).ThenBy(bus => bus.Id);
        Assert.Equal(await expected.ToListAsync(HubProcess.Ct), seen);
    }

    [Fact]
    public async Task Pages_of_other_places_need_no_other_query()
    {
        await using var yard = await Yard.OpenAsync();
        var start = await PageAsync(yard, new(First: 7), down: false);
        var one = yard.Compiled.Count;
        var second = await PageAsync(yard, new(First: 7, After: start.EndCursor), down: false);
        var two = yard.Compiled.Count;
        var third = await PageAsync(yard, new(First: 7, After: second.EndCursor), down: false);

        Assert.Equal((1, 2, 2), (one, two, yard.Compiled.Count));
        Assert.Equal(21, start.Items.Concat(second.Items).Concat(third.Items).Distinct().Count());
    }

    [Fact]
    public async Task Pages_that_differ_in_more_than_values_are_different_queries()
    {
        await using var yard = await Yard.OpenAsync();
        var up = (await PageAsync(yard, new(First: 20), down: false)).Items;
        var down = (await PageAsync(yard, new(First: 20), down: true)).Items;
        var last = (await PageAsync(yard, new(Last: 20), down: false)).Items;
        var few = (await PageAsync(yard, new(First: 3), down: false)).Items;

        Assert.Equal(last, down.Reverse());
        Assert.Equal(up.Take(3), few);
        Assert.Empty(up.Intersect(down));
    }

    [Fact]
    public async Task A_place_whose_values_are_alike_is_found_as_well()
    {
        await using var yard = await Yard.OpenAsync();
        await yard.AddAsync("Bus 4", "Bus 4");
        var all = await yard.Plain().Of<Bus>().OrderBy(bus => bus.Name).ThenBy(bus => bus.Line).ThenBy(bus => bus.Id)
            .ToListAsync(HubProcess.Ct);
        var place = all.FindIndex(bus => bus.Name == bus.Line);
        var until = await PageAsync(yard, new(First: place + 1), down: false);
        foreach (var _ in (int[])[1, 2])
        {
            var behind = await PageAsync(yard, new(First: 5, After: until.EndCursor), down: false);
            Assert.Equal(all.Skip(place + 1).Take(5), behind.Items);
        }
    }

    [Fact]
    public async Task A_query_by_keys_is_composed_once_for_all_keys()
    {
        await using var yard = await Yard.OpenAsync();
        var before = timesComposed;
        foreach (var lines in (string[][])[["Line 1"], ["Line 2", "Line 3"], ["Line 9"], ["Line 1"]])
        {
            var found = await OnLines(yard, lines, new()).ToListAsync(HubProcess.Ct);
            Assert.Equal(
                await yard.Plain().Of<Bus>().Where(bus => lines.Contains(bus.Line)).OrderBy(bus => bus.Id)
                    .ToListAsync(HubProcess.Ct),
                found);
        }

        Assert.Equal((before + 1, 1), (timesComposed, yard.Compiled.Count));
    }

    [Fact]
    public async Task A_query_by_keys_that_captured_a_value_is_refused()
    {
        await using var yard = await Yard.OpenAsync();
        var seats = 20;

        var thrown = Assert.Throws<InvalidOperationException>(() => yard.Tables.OfKeys<string, Bus, Bus>(
            ["Line 1"], new(), (tables, keys, _) => tables.Of<Bus>().Where(bus => bus.Seats == seats)));
        Assert.Contains("static", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_in_one_direction_is_found_by_comparing_row_values()
    {
        var provider = new RowsProvider(null!, null!, new CompiledQueries());
        var condition = provider.Compare(
            [.. Constants("a", 1)], [.. Constants("b", 2)], greater: true).ToString();

        Assert.Contains("GreaterThan", condition, StringComparison.Ordinal);
    }

    private static IAsyncEnumerable<Bus> OnLines(Yard yard, string[] lines, QueryContext<Bus> wanted) =>
        yard.Tables.OfKeys(lines, wanted, static (tables, lines, wanted) =>
        {
            timesComposed++;
            return tables.Of<Bus>().Where(bus => lines.Contains(bus.Line)).OrderBy(bus => bus.Id).With(wanted);
        });

    private static IEnumerable<System.Linq.Expressions.Expression> Constants(params object[] values) =>
        values.Select(System.Linq.Expressions.Expression.Constant);

    private static Task<Page<Bus>> PageAsync(Yard yard, PagingArguments paging, bool down) =>
        yard.Rows().Of<Bus>().With(null, sort => ByName(sort, down)).ToPageAsync(
            paging with { Wanted = PageParts.Items | PageParts.HasNextPage }, HubProcess.Ct);

    private static SortDefinition<Bus> ByName(SortDefinition<Bus> sort, bool down) => down
        ? sort.AddDescending(bus => bus.Name).AddDescending(bus => bus.Line)
        : sort.AddAscending(bus => bus.Name).AddAscending(bus => bus.Line);

    private static async Task CompareAsync(Yard yard, Asked asked)
    {
        foreach (var (name, query) in Queries(asked))
        {
            await using var plain = yard.Plain();
            var expected = await query(plain);
            Assert.True(expected == await query(yard.Rows()), $"{name} with {asked}");
        }
    }

    private static IEnumerable<(string Name, Func<RowsContext, Task<string>> Query)> Queries(Asked asked)
    {
        List<int> seats = [asked.Number, 40];
        yield return ("text", c => Text(c.Of<Bus>().Where(bus => bus.Name == asked.Text)));
        yield return ("nullable text", c => Text(c.Of<Bus>().Where(bus => bus.Note != asked.Text)));
        yield return ("nullable id", c => Text(c.Of<Bus>().Where(bus => bus.DepotId == asked.Depot)));
        yield return ("id of a bus", c => Text(c.Of<Bus>().Where(bus => bus.DepotId == (asked.Depot ?? Guid.Empty))));
        yield return ("list", c => Text(c.Of<Bus>().Where(bus => seats.Contains(bus.Seats))));
        yield return ("limit", c => Text(c.Of<Bus>().OrderBy(bus => bus.Id).Take(asked.Number + 1)));
        yield return ("columns", c => Text(c.Of<Bus>().Select(bus => new Bus { Id = bus.Id, Seats = bus.Seats })));
        yield return ("computed", c => Text(c.Of<Bus>().Where(
            bus => bus.Name == asked.Number.ToString(CultureInfo.InvariantCulture))));
        yield return ("condition", c => Text(c.Of<Bus>().Where(bus => asked.Number > 1 || bus.Seats > 20)));
        yield return ("join", c => Text(c.Of<Bus>().Where(bus => bus.Seats > asked.Number).Join(
            c.Of<Depot>(), bus => bus.DepotId, depot => depot.Id, (bus, depot) => new { bus.Name, In = depot.Name })));
        yield return ("groups", c => Text(c.Of<Bus>().GroupBy(bus => bus.Line).Select(
            line => new KeyValuePair<string, int>(line.Key, line.Count()))));
        yield return ("any", async c =>
            $"{await c.Of<Bus>().AnyAsync(bus => bus.Seats == asked.Number, HubProcess.Ct)}");
    }

    private static async Task<string> Text<T>(IQueryable<T> rows) => string.Join(
        '\n', (await rows.ToListAsync(HubProcess.Ct)).Select(row => $"{row}").Order(StringComparer.Ordinal));

    private sealed record Asked(string? Text, int Number, Guid? Depot);
}
