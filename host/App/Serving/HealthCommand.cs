using System.ComponentModel.DataAnnotations;

namespace K12Hub.App;

/// <summary><c>K12Hub health</c>: asks a running server, so that an image needs no other program for it.</summary>
internal static class HealthCommand
{
    public static async Task<int> RunAsync(AppSettings settings, CancellationToken ct)
    {
        // A server on every address also answers on this machine's own.
        var address = settings.Server.Urls.Split(';')[0]
            .Replace("0.0.0.0", "127.0.0.1", StringComparison.Ordinal)
            .Replace("*", "127.0.0.1", StringComparison.Ordinal)
            .Replace("+", "127.0.0.1", StringComparison.Ordinal)
            .Replace("[::]", "127.0.0.1", StringComparison.Ordinal);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var server))
        {
            throw new ValidationException($"{address} is not an address; it looks like http://127.0.0.1:5080.");
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(server, "/health/ready"), ct);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(ct));
            return answer.IsSuccessStatusCode ? ExitCodes.Done : ExitCodes.Environment;
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync($"{address} does not answer: {failure.Message}");
            return ExitCodes.Environment;
        }
    }
}
