using System.Text.Json;
using K12Hub.EventStore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting;

/// <summary>Brings a message to the handler of its kind, in a scope of its own.</summary>
internal sealed partial class OutboxSender(
    IServiceScopeFactory scopes,
    OutboxKinds kinds,
    OutboxSettings settings,
    JsonSerializerOptions json,
    ILogger<OutboxSender> logger) : IOutboxSender
{
    /// <summary>Why a message nobody can send waits.</summary>
    public const string UnknownKind = "outbox.unknown_kind";

    public TimeSpan LimitOf(string kind) => kinds.Find(kind)?.Limit ?? TimeSpan.FromSeconds(settings.LimitSeconds);

    public async Task<OutboxResult> SendAsync(OutboxDelivery delivery, CancellationToken ct)
    {
        if (kinds.Find(delivery.Kind) is not { } kind)
        {
            // Another process of a newer version may know it; if nobody does, it ends as a dead letter.
            return OutboxResult.Later(UnknownKind);
        }

        var scope = scopes.CreateAsyncScope();
        await using var disposing = scope.ConfigureAwait(false);
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer =
            Viewer.Of(Viewer.Principal(delivery.MessageId, delivery.Tenant, kind.May));
        return await kind.SendAsync(scope.ServiceProvider, delivery, json, ct).ConfigureAwait(false);
    }

    // Texts of exceptions may quote an address or what somebody wrote, so only their types and places are logged.
    public void Report(OutboxIncident incident)
    {
        switch (incident.What)
        {
            case OutboxEvent.Died:
                LogDied(incident.Kind, incident.Message, incident.Tries, incident.Code, incident.Failure?.StackTrace);
                break;
            case OutboxEvent.Failed:
                LogFailed(incident.Kind, incident.Message, incident.Tries, incident.Code, incident.Failure?.StackTrace);
                break;
            case OutboxEvent.LeaseLost:
                LogLeaseLost(incident.Kind, incident.Message, incident.Tries);
                break;
            default:
                LogUnreachable(incident.Code);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Kind} {Message} was given up after {Tries} attempts: {Code}. It waits as a dead letter.\n{Stack}")]
    private partial void LogDied(string? kind, long? message, int tries, string? code, string? stack);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Kind} {Message} failed in attempt {Tries}: {Code}. It is tried again.\n{Stack}")]
    private partial void LogFailed(string? kind, long? message, int tries, string? code, string? stack);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Kind} {Message}, attempt {Tries}, ended after its lease; it may have been sent twice.")]
    private partial void LogLeaseLost(string? kind, long? message, int tries);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "The outbox cannot be read: {Code}. Nothing is lost; trying again.")]
    private partial void LogUnreachable(string? code);
}
