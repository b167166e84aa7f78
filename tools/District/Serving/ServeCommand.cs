using System.CommandLine;

namespace K12Hub.District.Serving;

/// <summary><c>serve</c>: the district as a OneRoster server, until it is stopped.</summary>
internal static class ServeCommand
{
    private const int UsualPort = 5310;

    public static Command Make()
    {
        var students = new Option<int>("--students")
        {
            Description = "Students on day 0.",
            DefaultValueFactory = _ => 2000,
        };
        var day = new Option<int>("--day") { Description = "Days since the first day of school." };
        var seed = new Option<int>("--seed")
        {
            Description = "Another seed is another district.",
            DefaultValueFactory = _ => 1,
        };
        var port = new Option<int>("--port") { Description = "Port.", DefaultValueFactory = _ => UsualPort };
        var pages = new Option<DirectoryInfo?>("--pages") { Description = "Serve recorded pages of this folder." };
        var faults = new Option<string[]>("--fault")
        {
            Description = "What goes wrong; again for each.\n" + string.Join('\n',
                FaultCatalogue.All.Select(fault => $"{fault.Name,-12} {fault.What}")),
        };
        var serve = new Command("serve", "Serves it as OneRoster REST 1.1 and 1.2, on loopback.")
        {
            students, day, seed, port, pages, faults,
        };
        serve.SetAction((parsed, ct) => RunAsync(
            new(new(parsed.GetValue(students), parsed.GetValue(seed), parsed.GetValue(day)))
            {
                Port = parsed.GetValue(port),
                Pages = parsed.GetValue(pages)?.FullName,
            },
            parsed.GetValue(faults) ?? [], ct));
        return serve;
    }

    private static async Task<int> RunAsync(RestServerOptions options, string[] faults, CancellationToken ct)
    {
        try
        {
            options = options with { Faults = Faults.Parse(faults) };
        }
        catch (ArgumentException unknown)
        {
            await Console.Error.WriteLineAsync(unknown.Message);
            return 2;
        }

        if (options.Plan.Problem is { } problem)
        {
            await Console.Error.WriteLineAsync(problem);
            return 2;
        }

        await using var server = await RestServer.StartAsync(options, ct);
        Console.WriteLine($"1.1: {server.Base11}");
        Console.WriteLine($"1.2: {server.Base12}");
        Console.WriteLine($"token: {server.TokenUrl}, id {RestServer.Id}, secret {RestServer.Secret}");
        Console.WriteLine($"bearer: {RestServer.StaticToken}; or OAuth 1.0a with the same id and secret");
        await server.WaitAsync(ct);
        return 0;
    }
}
