namespace K12Hub.App.Tests.Rosters;

public sealed class AskWindowTests
{
    private static readonly TimeZoneInfo chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");

    [Theory]
    [InlineData("2026-11-30T12:00:00-06:00", null, "08:00:00")]
    [InlineData("2026-11-30T19:59:59-06:00", null, "00:00:01")]
    [InlineData("2026-11-30T20:00:00-06:00", "10:00:00", "1.00:00:00")]
    [InlineData("2026-12-01T02:30:00-06:00", "03:30:00", "17:30:00")]
    [InlineData("2026-12-01T06:00:00-06:00", null, "14:00:00")]
    [InlineData("2026-10-31T22:00:00-05:00", "09:00:00", "23:00:00")] // An hour more: clocks go back.
    [InlineData("2027-03-13T22:00:00-06:00", "07:00:00", "21:00:00")] // An hour less.
    public void A_night_is_open_until_the_morning(string now, string? openFor, string opensIn)
    {
        var window = new AskWindow(new(20, 0), new(6, 0), chicago);
        var moment = DateTimeOffset.Parse(now, null);

        Assert.Equal(openFor is null ? null : TimeSpan.Parse(openFor, null), window.OpenFor(moment));
        Assert.Equal(TimeSpan.Parse(opensIn, null), window.OpensIn(moment));
    }

    [Fact]
    public void A_time_that_is_left_out_comes_when_the_clocks_have_jumped()
    {
        var window = new AskWindow(new(2, 30), new(4, 0), chicago);

        Assert.Equal(
            TimeSpan.FromHours(1), window.OpensIn(DateTimeOffset.Parse("2027-03-14T01:00:00-06:00", null)));
    }
}
