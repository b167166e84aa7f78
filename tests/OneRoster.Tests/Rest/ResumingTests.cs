using System.Text;

namespace K12Hub.OneRoster.Tests.Rest;

public sealed class ResumingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_that_was_received_is_not_asked_for_again()
    {
        using var pages = new PagesFolder();
        await using var served = await Served.StartAsync("1.2");
        await served.CutOffAfterUsersAsync(pages.Path);
        var before = served.Server.Requests.Count;

        var read = await served.ReadAsync(reading: new(pages.Path));

        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        var targets = served.Server.Requests.Skip(before).Select(request => request.Target).ToList();
        // One request is the question whether the source knows us.
        Assert.Single(targets, target => target.Contains("/orgs?"));
        Assert.DoesNotContain(targets, target => target.Contains("/users?") || target.Contains("/courses?"));
    }

    [Fact]
    public async Task A_walk_goes_on_after_its_last_whole_page()
    {
        using var pages = new PagesFolder();
        await using var served = await Served.StartAsync("1.2");
        await served.CutOffAfterUsersAsync(pages.Path);
        CutInTheMiddle(Path.Combine(pages.Path, "users"));
        var before = served.Server.Requests.Count;

        var read = await served.ReadAsync(reading: new(pages.Path));

        Assert.Empty(read.Refusals);
        Assert.Equal(await Served.TruthAsync("1.2"), Served.Texts(read.Records));
        var users = served.Server.Requests.Skip(before).Where(r => r.Target.Contains("/users?")).ToList();
        Assert.NotEmpty(users);
        Assert.DoesNotContain(users, request => request.Target.Contains("offset=0&"));
    }

    [Fact]
    public async Task Nothing_stays_of_a_run_that_is_done()
    {
        using var pages = new PagesFolder();
        await using var served = await Served.StartAsync("1.2");

        await served.ReadAsync(reading: new(pages.Path));

        Assert.False(pages.Exists);
    }

    [Fact]
    public async Task Pages_that_are_too_old_are_fetched_anew()
    {
        using var pages = new PagesFolder();
        await using var served = await Served.StartAsync("1.2");
        await served.CutOffAfterUsersAsync(pages.Path);
        var before = served.Server.Requests.Count;

        served.Time.Advance(TimeSpan.FromHours(7));
        await served.ReadAsync(reading: new(pages.Path));

        Assert.Contains(served.Server.Requests.Skip(before), r => r.Target.Contains("/users?limit=100&offset=0"));
    }

    [Fact]
    public async Task A_folder_that_is_not_ours_is_left_alone()
    {
        using var pages = new PagesFolder();
        Directory.CreateDirectory(pages.Path);
        await File.WriteAllTextAsync(Path.Combine(pages.Path, "thesis.txt"), "four years", Ct);
        await using var served = await Served.StartAsync("1.2");

        await Assert.ThrowsAsync<IOException>(() => served.ReadAsync(reading: new(pages.Path)));

        Assert.True(File.Exists(Path.Combine(pages.Path, "thesis.txt")));
    }

    /// <summary>Leaves two whole pages, a half one, and half a line of what was noted about it.</summary>
    private static void CutInTheMiddle(string spool)
    {
        var lines = File.ReadAllLines(spool + ".pages");
        Assert.True(lines.Length > 3);
        File.WriteAllText(spool + ".pages", string.Join('\n', lines[..2]) + "\n" + lines[2][..10]);
        using var rows = new FileStream(spool + ".rows", FileMode.Open);
        rows.SetLength(rows.Length * 3 / 4);
        rows.Seek(0, SeekOrigin.End);
        rows.Write(Encoding.ASCII.GetBytes("half a row"));
    }
}
