using K12Hub.Contracts;
using K12Hub.District;

namespace K12Hub.OneRoster.Tests.Rest;

public sealed class ChangesTests
{
    private static readonly DateTimeOffset firstDay = new(2026, 8, 17, 12, 0, 0, TimeSpan.Zero);

    private static readonly RestReading changes = new(Since: firstDay);

    [Fact]
    public async Task Only_what_changed_is_asked_for()
    {
        await using var served = await Served.StartAsync("1.2", day: 1, []);
        var expected = ChangeList.Of(new(150, Day: 1), "1.2").Counts;

        var read = await served.ReadAsync(reading: changes);

        Assert.Empty(read.Refusals);
        Assert.Equal(CollectionMode.Delta, read.Modes![RosterCollections.Enrollments]);
        var seats = read.Records.OfType<EnrollmentRecord>().ToList();
        Assert.Equal(expected["enrollments"].Added + expected["enrollments"].Changed,
            seats.Count(seat => seat.Status is RecordStatus.Active));
        Assert.Equal(expected["enrollments"].Ended, seats.Count(seat => seat.Status is RecordStatus.ToBeDeleted));
        Assert.All(served.Server.Requests.Skip(1), request =>
            Assert.Contains("filter=dateLastModified%3E%272026-08-17T12%3A00%3A00.000Z%27", request.Target));
    }

    [Theory]
    [InlineData("ignoreFilter")]
    [InlineData("noFilter")]
    [InlineData("noFilter:500")]
    public async Task A_source_that_cannot_tell_changes_sends_everything(string fault)
    {
        await using var served = await Served.StartAsync("1.2", day: 0, [fault]);

        var read = await served.ReadAsync(reading: changes);

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        Assert.Equal(CollectionMode.Bulk, read.Modes![RosterCollections.Users]);
    }

    [Fact]
    public async Task A_vendor_whose_dates_say_nothing_is_never_asked_for_changes()
    {
        await using var served = await Served.StartAsync("1.2");

        var read = await served.ReadAsync(served.Settings(profile: "classlink"), changes);

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        Assert.DoesNotContain(served.Server.Requests, request => request.Target.Contains("filter"));
    }

    [Fact]
    public async Task What_has_ended_is_said_also_where_everything_is_sent()
    {
        await using var served = await Served.StartAsync("1.2", day: 1, []);

        var read = await served.ReadAsync();

        Assert.Equal(await Served.TruthAsync("1.2", 1),
            Served.Texts(read.Records.Where(record => record.Status is RecordStatus.Active)));
    }
}
