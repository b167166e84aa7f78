using K12Hub.EventStore;

namespace K12Hub.App.Tests.Operations;

public sealed class PersonalDataVerbTests : VerbTests
{
    private static readonly Guid Ride = new("00000000-0000-0000-0000-0000000000b2");
    private static readonly Guid Ana = new("00000000-0000-0000-0000-00000000000a");

    [Fact]
    public async Task A_person_is_erased_in_one_district_and_the_record_says_why()
    {
        await AppendAsync(Lincoln, Ride, new Rides.RiderJoined(Ana, "Ana"));
        await AppendAsync(Oak, Ride, new Rides.RiderJoined(Ana, "Ana of Oak"));

        var erased = await RunAsync("person", "erase", $"{Ana}", "--reason", "request 17", "--yes", "--json");
        var again = await RunAsync("person", "erase", $"{Ana}", "--reason", "request 17", "--yes", "--json");

        Assert.Equal((0, 0), (erased.ExitCode, again.ExitCode));
        Assert.Equal(("known", "erased"), (Before(erased), Before(again)));
        Assert.Equal("[erased]", await NameAsync(Lincoln));
        Assert.Equal("Ana of Oak", await NameAsync(Oak));
    }

    [Fact]
    public async Task Nobody_is_erased_whose_id_was_not_typed_once_more()
    {
        await AppendAsync(Oak, Ride, new Rides.RiderJoined(Ana, "Ana"));

        using var doubtful = Start("person", "erase", $"{Ana}", "--district", "2", "--reason", "request 17");
        doubtful.Type("yes");
        await doubtful.EndAsync();
        using var silent = Start("person", "erase", $"{Ana}", "--district", "2", "--reason", "request 17");
        await silent.EndAsync();

        Assert.Equal((ExitCodes.Refused, ExitCodes.Refused), (doubtful.ExitCode, silent.ExitCode));
        Assert.Contains("of district 2 has personal data in the log", silent.Errors, StringComparison.Ordinal);
        Assert.Equal("Ana", await NameAsync(Oak));

        using var certain = Start("person", "erase", $"{Ana}", "--district", "2", "--reason", "request 17");
        certain.Type($"{Ana}");
        await certain.EndAsync();
        Assert.True(certain.ExitCode == 0, certain.Errors);
        Assert.Equal("[erased]", await NameAsync(Oak));
    }

    [Fact]
    public async Task Without_a_reason_an_id_or_a_district_it_is_bad_input()
    {
        Assert.Equal(ExitCodes.BadInput, (await RunAsync("person", "erase", $"{Ana}", "--yes")).ExitCode);
        Assert.Equal(
            ExitCodes.BadInput, (await RunAsync("person", "erase", $"{Ana}", "--yes", "--reason", " ")).ExitCode);
        Assert.Equal(
            ExitCodes.BadInput, (await RunAsync("person", "erase", "Ana", "--yes", "--reason", "17")).ExitCode);
        Assert.Equal(ExitCodes.BadInput, (await RunAsync("keys", "rotate", "--district", "0")).ExitCode);
    }

    [Fact]
    public async Task Ring_keys_are_replaced_district_by_district()
    {
        await AppendAsync(Lincoln, Ride, new Rides.RiderJoined(Ana, "Ana"));
        await AppendAsync(Oak, Ride, new Rides.RiderJoined(Ana, "Ana of Oak"));

        var rotated = await RunAsync("keys", "rotate", "--district", "2", "--json");

        Assert.Equal((0, """{"district":2,"wrapped":1}"""), rotated);
        Assert.Equal("Ana", await NameAsync(Lincoln));
        Assert.Equal("Ana of Oak", await NameAsync(Oak));
        await using var store = Open();
        await using var command = store.OwnerDataSource.CreateCommand(
            "select count(distinct ring_key_id) from es.subject_keys where tenant_id = 2");
        Assert.Equal(1L, await command.ExecuteScalarAsync(HubProcess.Ct));
    }

    private static string? Before((int ExitCode, string Output) answer) =>
        Json(answer).GetProperty("before").GetString();

    /// <summary>The name as a program reads it that has nothing in memory.</summary>
    private async Task<string> NameAsync(DistrictId district)
    {
        await using var store = Open();
        await using var session = store.LightweightSession(district);
        var stream = await session.Events.FetchStreamAsync(Ride, ct: HubProcess.Ct);
        return Assert.IsType<Rides.RiderJoined>(Assert.Single(stream).Data).Name;
    }
}
