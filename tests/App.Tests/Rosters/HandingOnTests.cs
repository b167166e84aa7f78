using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace K12Hub.App.Tests.Rosters;

public sealed class HandingOnTests : IDisposable
{
    private const string Secret = "correct-horse-battery-staple";
    private const string Client = "K12HUB__OneRoster__Provider__Clients__reader__";

    private readonly Folders folders = new();

    public void Dispose() => folders.Dispose();

    [Fact]
    public async Task The_roster_can_be_read_over_OneRoster_by_a_client_of_the_settings()
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)));
        using var hub = await HubProcess.ServeAsync(folders.Data, (Client + "SecretHash", hash));
        using var client = hub.Client();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials", ["client_id"] = "reader", ["client_secret"] = Secret,
        });

        using var given = await client.PostAsync(
            new Uri("/ims/oneroster/token", UriKind.Relative), form, HubProcess.Ct);
        var token = JsonDocument.Parse(await given.Content.ReadAsStringAsync(HubProcess.Ct)).RootElement;
        client.DefaultRequestHeaders.Authorization = new("Bearer", token.GetProperty("access_token").GetString());
        var students = JsonDocument.Parse(await client.GetStringAsync(
            new Uri("/ims/oneroster/rostering/v1p2/students?limit=7", UriKind.Relative), HubProcess.Ct)).RootElement;

        Assert.Equal(7, students.GetProperty("users").GetArrayLength());
        Assert.DoesNotContain(Secret, hub.Output + hub.Errors);
        Assert.DoesNotContain(token.GetProperty("access_token").GetString()!, hub.Output + hub.Errors);
        await hub.StopAsync();
    }
}
