using System.Globalization;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>What every answer has, whoever gives it: headers that tell browsers to stay away from harm, also on
/// refusals, on what is not there and on what went wrong.</summary>
internal static partial class Protection
{
    private const string NoDevices =
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(), midi=(), payment=(), usb=()";

    /// <summary>The first of all: headers, and an end to exceptions that nobody else has caught.</summary>
    public static void UseProtection(this WebApplication app, ServerSettings settings)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Protection));
        var hsts = settings.HstsDays == 0 ? null : string.Create(
            CultureInfo.InvariantCulture, $"max-age={(long)TimeSpan.FromDays(settings.HstsDays).TotalSeconds}");
        app.Use(async (context, next) =>
        {
            Protect(context, hsts);
            try
            {
                await next(context);
            }
            catch (BadHttpRequestException failure) when (!context.Response.HasStarted)
            {
                Restart(context, hsts);
                await RefusedRequest.AnswerAsync(
                    context, failure.StatusCode, "HTTP_BAD_REQUEST", "This is no request we can read.");
            }
            catch (Exception failure) when (
                !context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
            {
                // Texts of exceptions may quote what somebody wrote.
                Failed(log, failure.GetType().Name, context.TraceIdentifier, failure.StackTrace);
                Restart(context, hsts);
                await RefusedRequest.AnswerAsync(
                    context, StatusCodes.Status500InternalServerError, "UNEXPECTED_ERROR",
                    "Something went wrong on our side.");
            }
        });
    }

    // Nothing may be loaded, framed or kept, unless a page of ours says otherwise of itself.
    private static void Protect(HttpContext context, string? hsts)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = NoDevices;
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (hsts is not null && context.Request.IsHttps) headers.StrictTransportSecurity = hsts;
    }

    private static void Restart(HttpContext context, string? hsts)
    {
        context.Response.Clear();
        Protect(context, hsts);
    }

    [LoggerMessage(1, LogLevel.Error, "A request failed with {Exception}, {Request}\n{Stack}")]
    private static partial void Failed(ILogger logger, string exception, string request, string? stack);
}
