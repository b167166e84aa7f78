using Microsoft.Extensions.Logging.Console;

namespace K12Hub.App;

/// <summary>Where logs go: standard error, as JSON for machines and as text for a person at a terminal.</summary>
/// <remarks>Logs hold ids and never names, addresses or what somebody wrote.</remarks>
internal static class Logs
{
    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddConfiguration(configuration.GetSection("Logging"));

        // Repeats with a stack what ends the program, which says it itself in a sentence.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.Services.Configure<ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (Console.IsErrorRedirected)
        {
            logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "O"));
        }
        else
        {
            logging.AddSimpleConsole(text => text.SingleLine = true);
        }
    }
}
