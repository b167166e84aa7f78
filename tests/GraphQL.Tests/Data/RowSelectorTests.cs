using K12Hub.GraphQL.Data;
using static K12Hub.GraphQL.Tests.Data.Roll;

namespace K12Hub.GraphQL.Tests.Data;

public sealed class RowSelectorTests
{
    [Fact]
    public void Only_wanted_columns_are_copied()
    {
        var query = Wanting<Pupil>().Include(p => p.Id).Include(p => p.Nickname);

        Assert.Equal("row => new Pupil() {Id = row.Id, Nickname = row.Nickname}", query.Selector!.ToString());
        var first = new Pupil { Id = Pupils.First().Id, FamilyName = null!, Nickname = "Ana" };
        Assert.Equal(first, Pupils.With(query).First());
    }

    [Fact]
    public void A_positional_record_gets_nothing_where_nothing_is_wanted()
    {
        var query = Wanting<Club>().Include(c => c.Name);
        var clubs = new List<Club> { new(Guid.Empty, "Chess", 12) }.AsQueryable();

        Assert.Equal([new Club(Guid.Empty, "Chess", null)], clubs.With(query));
    }

    [Fact]
    public void Equal_sets_of_columns_share_one_expression() => Assert.Same(
        Wanting<Pupil>().Include(p => p.Id).Include(p => p.Grade).Selector,
        Wanting<Pupil>().Include(p => p.Grade).Include(p => p.Id).Selector);

    [Fact]
    public void Without_a_selection_the_row_is_whole()
    {
        Assert.Null(new QueryContext<Pupil>().Selector);
        Assert.Null(new QueryContext<Pupil>().Include(p => p.Id).Selector);
        Assert.Equal(Pupils, Pupils.With(null));
    }

    private static QueryContext<T> Wanting<T>()
        where T : class => new(ColumnSet.None, null, null, null);
}
