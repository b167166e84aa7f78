using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using System.Net.Sockets;
using K12Hub.EventStore;
using K12Hub.GraphQL.Security;
using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.App;

/// <summary>The program's verbs and options.</summary>
internal static class CommandLine
{
    // A district's slowest request has 30 s; after that we end without it.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(40);

    private static readonly Option<string?> Data = new("--data")
    {
        Description = "Folder for everything K12Hub keeps on this machine. Default: ./.k12hub",
        Recursive = true,
    };

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to serve on, separated by semicolons. Default: http://127.0.0.1:5080",
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await Console.Error.WriteLineAsync(error.Message);
            }

            await Console.Error.WriteLineAsync("Try --help.");
            return ExitCodes.BadInput;
        }

        var invocation = new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = DrainTime,
        };
        return await GuardAsync(() => parsed.InvokeAsync(invocation));
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("K12Hub: every question gets an owner and an answer. Without a verb it serves.")
        {
            Data, Urls, Serve(), RosterVerb.Verb(Settings), Projections(),
            OutboxCommand.Verb(Settings), PersonCommand.Verb(Settings), AuditCommand.Verb(Settings),
            KeysCommand.Verb(Settings), UserCommand.Verb(Settings), TokenCommand.Verb(Settings),
            Health(),
        };
        root.SetAction((parsed, ct) => ServeCommand.RunAsync(Settings(parsed), ct));
        return root;
    }

    private static Command Serve()
    {
        var serve = new Command("serve", "Serves the API until it is stopped.") { Urls };
        serve.SetAction((parsed, ct) => ServeCommand.RunAsync(Settings(parsed), ct));
        return serve;
    }

    private static Command Projections()
    {
        var name = new Argument<string>("projection") { Description = "Its name, as status tells it." };
        var district = new Option<short?>("--district") { Description = "Number of a district. Default: all." };
        var json = new Option<bool>("--json") { Description = "Print one line of JSON and nothing else." };
        var status = new Command("status", "How far each has come; exit code 3 when one has stopped.")
        {
            district, json,
        };
        status.SetAction((parsed, ct) => ProjectionsCommand.StatusAsync(
            Settings(parsed), District(parsed), parsed.GetValue(json), ct));
        var rebuild = new Command("rebuild", "Makes all rows anew from the events; readers see the old ones meanwhile.")
        {
            name, json,
        };
        rebuild.SetAction((parsed, ct) => ProjectionsCommand.RebuildAsync(
            Settings(parsed), parsed.GetRequiredValue(name), parsed.GetValue(json), ct));
        return new Command("projections", "The read tables, and how they follow the events.")
        {
            status,
            rebuild,
            Change("pause", "Stops one; its rows stay as they are.", ProjectionsCommand.PauseAsync),
            Change("resume", "Lets one go on; the event it stopped before is tried again.",
                ProjectionsCommand.ResumeAsync),
            Change("skip", "Lets one go on without the event it stopped before.", ProjectionsCommand.SkipAsync),
        };

        DistrictId? District(ParseResult parsed) => parsed.GetValue(district) is { } number ? new(number) : null;

        Command Change(
            string verb, string what, Func<AppSettings, string, DistrictId?, bool, CancellationToken, Task<int>> run)
        {
            var change = new Command(verb, what) { name, district, json };
            change.SetAction((parsed, ct) => run(
                Settings(parsed), parsed.GetRequiredValue(name), District(parsed), parsed.GetValue(json), ct));
            return change;
        }
    }

    private static Command Health()
    {
        var health = new Command("health", "Asks a running K12Hub whether it is ready.") { Urls };
        health.SetAction((parsed, ct) => HealthCommand.RunAsync(Settings(parsed), ct));
        return health;
    }

    private static AppSettings Settings(ParseResult parsed) =>
        AppSettings.Load(parsed.GetValue(Data), parsed.GetValue(Urls));

    /// <summary>Turns what can go wrong around us into one sentence and a code; what is left is a bug.</summary>
    private static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (ValidationException problem)
        {
            return await SayAsync(problem.Message, ExitCodes.BadInput);
        }
        catch (TrustedDocumentsException problem)
        {
            return await SayAsync(problem.Message, ExitCodes.BadInput);
        }
        catch (RefusedException refused)
        {
            return await SayAsync(refused.Message, ExitCodes.Refused);
        }
        catch (Exception failure) when (failure is NpgsqlException and not PostgresException
            or SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain })
        {
            return await SayAsync(
                $"PostgreSQL does not answer: {failure.Message.TrimEnd('.')}. If the server is one of your own, check "
                + "K12HUB__Database__ConnectionString.",
                ExitCodes.Environment);
        }
        catch (Exception failure) when (failure is PostgresUnavailableException or SchemaException
            or AuditException or NpgsqlException or SocketException or IOException or UnauthorizedAccessException)
        {
            return await SayAsync(failure.Message, ExitCodes.Environment);
        }
        catch (OperationCanceledException)
        {
            return await SayAsync("Stopped.", ExitCodes.Environment);
        }
    }

    private static async Task<int> SayAsync(string message, int code)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
