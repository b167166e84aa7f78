using System.ComponentModel.DataAnnotations;

namespace K12Hub.App.Tests;

public sealed class AddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;http://[::1]:5080")]
    public void This_machine_alone_is_reached_without_asking(string urls) =>
        Assert.NotEmpty(Addresses.Of(new ServerSettings { Urls = urls }));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:5080")]
    [InlineData("http://[::]:5080")]
    [InlineData("http://192.168.1.20:5080")]
    [InlineData("http://hub.example:5080")]
    [InlineData("http://127.0.0.1:5080;http://10.0.0.1:80")]
    public void Other_machines_reach_us_only_when_somebody_says_so(string urls)
    {
        var refused = Assert.Throws<RefusedException>(() => Addresses.Of(new ServerSettings { Urls = urls }));

        Assert.Contains("K12HUB__Server__AllowOtherAddresses", refused.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Addresses.Of(new ServerSettings { Urls = urls, AllowOtherAddresses = true }));
    }

    [Theory]
    [InlineData("5080")]
    [InlineData("https://127.0.0.1:5443")]
    [InlineData("http://127.0.0.1:5080/hub")]
    [InlineData(" ; ")]
    public void What_is_no_address_is_said_to_be_none(string urls) =>
        Assert.Throws<ValidationException>(() => Addresses.Of(new ServerSettings { Urls = urls }));

    [Fact]
    public async Task The_program_says_so_and_does_not_start()
    {
        using var folders = new Folders();

        using var hub = await HubProcess.RunAsync("--urls", "http://0.0.0.0:5080", "--data", folders.Data);

        Assert.Equal(ExitCodes.Refused, hub.ExitCode);
        Assert.Contains("Put a proxy with TLS before it", hub.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folders.Data));
    }
}
