using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using static K12Hub.GraphQL.Tests.Data.Roll;

namespace K12Hub.GraphQL.Tests.Data;

public sealed class KeysetPagingTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    public static TheoryData<string> Orders => ["name", "name desc", "nickname", "nickname desc", "grade, name desc"];

    [Theory, MemberData(nameof(Orders))]
    public async Task Walking_forwards_sees_every_row_once_in_order(string order)
    {
        var query = Pupils.With(null, sort => Sorted(sort, order));
        var seen = new List<Pupil>();
        Page<Pupil> page;
        string? after = null;
        do
        {
            page = await query.ToPageAsync(new PagingArguments(First: 2, After: after), Ct);
            Assert.Equal(after is not null, page.HasPreviousPage);
            seen.AddRange(page.Items);
            after = page.EndCursor;
        }
        while (page.HasNextPage);

        Assert.Equal(Numbers(query), Numbers(seen));
        Assert.Equal(7, seen.Count);
    }

    [Theory, MemberData(nameof(Orders))]
    public async Task Walking_backwards_sees_the_same(string order)
    {
        var query = Pupils.With(null, sort => Sorted(sort, order));
        var seen = new List<Pupil>();
        Page<Pupil> page;
        string? before = null;
        do
        {
            page = await query.ToPageAsync(new PagingArguments(Last: 3, Before: before), Ct);
            Assert.Equal(before is not null, page.HasNextPage);
            seen.InsertRange(0, page.Items);
            before = page.StartCursor;
        }
        while (page.HasPreviousPage);

        Assert.Equal(Numbers(query), Numbers(seen));
    }

    [Fact]
    public async Task A_missing_value_is_larger_than_any_other()
    {
        var up = await Pupils.With(null, s => s.AddAscending(p => p.Nickname)).ToPageAsync(new(First: 7), Ct);
        var down = await Pupils.With(null, s => s.AddDescending(p => p.Nickname)).ToPageAsync(new(First: 7), Ct);

        Assert.Equal([1, 6, 3, 5, 7, 2, 4], Numbers(up.Items));
        Assert.Equal([4, 2, 7, 5, 3, 6, 1], Numbers(down.Items));
    }

    [Fact]
    public async Task A_cursor_still_knows_its_place_when_its_row_is_gone()
    {
        var all = await Pupils.With(null, ByName).ToPageAsync(new(First: 7), Ct);
        var cursor = all.Edges[3].Cursor;
        var gone = ((Pupil)all.Edges[3].Node).Id;

        var rest = await Pupils.Where(p => p.Id != gone).With(null, ByName)
            .ToPageAsync(new(First: 7, After: cursor), Ct);

        Assert.Equal(Numbers(all.Items.Skip(4)), Numbers(rest.Items));
        Assert.True(rest.HasPreviousPage);
    }

    [Fact]
    public async Task There_is_no_previous_page_when_everything_before_the_cursor_is_gone()
    {
        var first = await Pupils.With(null, ByName).ToPageAsync(new(First: 1), Ct);
        var gone = first.Items[0].Id;

        var rest = await Pupils.Where(p => p.Id != gone).With(null, ByName)
            .ToPageAsync(new(First: 2, After: first.EndCursor), Ct);

        Assert.False(rest.HasPreviousPage);
    }

    [Fact]
    public async Task The_total_is_counted_only_when_wanted()
    {
        var query = Pupils.With(null, ByName);

        Assert.Null((await query.ToPageAsync(new(First: 2), Ct)).TotalCount);
        Assert.Equal(7, (await query.ToPageAsync(new(First: 2) { Wanted = PageParts.TotalCount }, Ct)).TotalCount);
        Assert.Equal(0, (await Pupils.Where(p => p.Grade > 9).With(null, ByName)
            .ToPageAsync(new() { Wanted = PageParts.TotalCount }, Ct)).TotalCount);
    }

    [Theory]
    [InlineData(101, null)]
    [InlineData(-1, null)]
    [InlineData(null, 101)]
    [InlineData(2, 2)]
    public async Task A_page_has_a_size_and_one_direction(int? first, int? last)
    {
        var error = await Assert.ThrowsAsync<GraphQLException>(
            () => Pupils.With(null, ByName).ToPageAsync(new(first, Last: last), Ct));

        Assert.Equal("PAGING_INVALID", error.Error.Code);
    }

    [Fact]
    public async Task An_order_without_key_ends_in_the_id()
    {
        var page = await Pupils.With(null, sort => sort.AddAscending(p => p.FamilyName)).ToPageAsync(new(First: 7), Ct);

        Assert.Equal([7, 5, 3, 1, 4, 6, 2], Numbers(page.Items));
    }

    [Fact]
    public async Task Many_parents_get_a_page_each()
    {
        var pages = await Pupils.With(null, ByName).ToBatchPageAsync(
            p => p.Grade,
            new(First: 1) { Wanted = PageParts.Items | PageParts.HasNextPage | PageParts.TotalCount },
            Ct);

        Assert.Equal([3, 4, 5, 7], Numbers(pages.Values.SelectMany(page => page.Items)).Order());
        Assert.Equal([1, 2, 3, 5], pages.Keys.Order());
        Assert.True(pages[3].HasNextPage);
        Assert.False(pages[1].HasNextPage);
        Assert.Equal(2, pages[5].TotalCount);
    }

    internal static SortDefinition<Pupil> Sorted(SortDefinition<Pupil> sort, string order) => order switch
    {
        "name" => sort.AddAscending(p => p.FamilyName),
        "name desc" => sort.AddDescending(p => p.FamilyName),
        "nickname" => sort.AddAscending(p => p.Nickname),
        "nickname desc" => sort.AddDescending(p => p.Nickname).AddDescending(p => p.BornOn),
        _ => sort.AddAscending(p => p.Grade).AddDescending(p => p.FamilyName),
    };
}
