using K12Hub.Hosting;

namespace K12Hub.StaffDirectory.Tests.Areas;

public sealed class AreaTests
{
    private static readonly AreaText Buses = new("en", "Bus passes", null, ["lost bus pass"]);

    [Fact]
    public async Task What_is_said_in_one_language_leaves_the_other_alone()
    {
        await using var desk = await HelpDesk.CreateAsync();
        await desk.DescribeAsync("bus-passes", Buses);
        await desk.DescribeAsync("bus-passes", new("es", "Pases", null, ["perdió su pase de autobús"]));
        await desk.DescribeAsync("bus-passes", Buses with { Phrases = ["lost transit card"] });
        await desk.ProjectAsync();

        Assert.Equal(["bus-passes"], await desk.FindAsync("she lost her transit card", "en"));
        Assert.Equal([], await desk.FindAsync("where is the pass", "en"));
        Assert.Equal(["bus-passes"], await desk.FindAsync("perdio el pase del autobus", "es"));
    }

    [Fact]
    public async Task Saying_the_same_again_records_nothing()
    {
        await using var desk = await HelpDesk.CreateAsync();
        await desk.DescribeAsync("bus-passes", Buses);
        await desk.DescribeAsync("bus-passes", Buses with { Name = " Bus passes ", Phrases = ["lost bus pass "] });

        Assert.Equal(1, await desk.EventsAsync());
    }

    [Fact]
    public async Task What_is_retired_is_found_no_longer_and_comes_back_when_it_is_described()
    {
        await using var desk = await HelpDesk.CreateAsync();
        await desk.DescribeAsync("bus-passes", Buses);
        await desk.ProjectAsync();
        Assert.Equal(["bus-passes"], await desk.FindAsync("lost my bus pass", "en"));

        var id = Area.IdOf("bus-passes");
        Assert.Null(await desk.Areas.RetireAsync(HelpDesk.Lincoln, id, "reyes", HelpDesk.Ct));
        Assert.Null(await desk.Areas.RetireAsync(HelpDesk.Lincoln, id, "reyes", HelpDesk.Ct));
        await desk.ProjectAsync();
        Assert.Equal([], await desk.FindAsync("lost my bus pass", "en"));
        Assert.Equal(2, await desk.EventsAsync());

        await desk.DescribeAsync("bus-passes", Buses);
        await desk.ProjectAsync();
        Assert.Equal(["bus-passes"], await desk.FindAsync("lost my bus pass", "en"));
    }

    [Fact]
    public async Task What_comes_back_is_found_in_every_language_in_which_it_was_described()
    {
        await using var desk = await HelpDesk.CreateAsync();
        await desk.DescribeAsync("bus-passes", Buses);
        await desk.DescribeAsync("bus-passes", new("es", "Pases", null, ["perdió su pase de autobús"]));
        await desk.Areas.RetireAsync(HelpDesk.Lincoln, Area.IdOf("bus-passes"), "reyes", HelpDesk.Ct);
        await desk.DescribeAsync("bus-passes", Buses);
        await desk.ProjectAsync();

        Assert.Equal(["bus-passes"], await desk.FindAsync("perdio el pase del autobus", "es"));
    }

    [Theory]
    [InlineData("b", "en", "Bus passes", "bus", "area.key")]
    [InlineData("Bus", "en", "Bus passes", "bus", "area.key")]
    [InlineData("bus passes", "en", "Bus passes", "bus", "area.key")]
    [InlineData("bus-passes", "fr", "Bus passes", "bus", "area.language")]
    [InlineData("bus-passes", "en", " ", "bus", "area.name")]
    [InlineData("bus-passes", "en", "Bus\npasses", "bus", "area.name")]
    [InlineData("bus-passes", "en", "Bus passes", "?!", "area.phrases")]
    public async Task What_cannot_be_said_is_refused_and_nothing_is_stored(
        string key, string language, string name, string phrase, string code)
    {
        await using var desk = await HelpDesk.CreateAsync();
        var (_, refusal) = await desk.Areas.DescribeAsync(
            HelpDesk.Lincoln, key, new(language, name, null, [phrase]), "reyes", HelpDesk.Ct);

        Assert.Equal(code, refusal?.Code);
        Assert.Single(refusal!.Path);
        Assert.Equal(0, await desk.EventsAsync());
    }

    [Fact]
    public async Task Of_an_area_that_is_not_there_nothing_is_retired()
    {
        await using var desk = await HelpDesk.CreateAsync();
        Assert.Equal(
            Refusal.NotFound("area").Code,
            (await desk.Areas.RetireAsync(HelpDesk.Lincoln, Guid.Empty, "reyes", HelpDesk.Ct))?.Code);
    }

    [Fact]
    public async Task Another_district_finds_nothing_of_it()
    {
        await using var desk = await HelpDesk.WithAreasAsync();
        Assert.Empty(await desk.Search.FindAsync(HelpDesk.Franklin, "lost bus pass", "en", HelpDesk.Ct));
    }
}
