using System.Text.Json;
using K12Hub.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting;

/// <summary>Which kinds of messages there are, and who sends them.</summary>
public sealed class OutboxKinds
{
    private readonly Dictionary<string, OutboxKind> byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, OutboxKind> byMessage = [];

    /// <summary>Their names.</summary>
    public IReadOnlyCollection<string> Names => byName.Keys;

    /// <summary>The kind of a message, by its record.</summary>
    /// <exception cref="InvalidOperationException">No module registered it.</exception>
    public string Of<TMessage>() => byMessage.TryGetValue(typeof(TMessage), out var kind)
        ? kind.Name
        : throw new InvalidOperationException(
            $"Nobody sends {typeof(TMessage).Name}. Register it: hub.Outbox<{typeof(TMessage).Name}, …>(\"…\").");

    /// <summary>Stops the start when a handler or job is given what nobody declared.</summary>
    /// <exception cref="InvalidOperationException">The message names kinds and permissions.</exception>
    internal void Check(PermissionCatalog permissions)
    {
        var unknown = byName.Values
            .SelectMany(kind => kind.May, (kind, may) => (kind.Name, May: may))
            .Where(one => permissions.Find(one.May) is null)
            .Select(one => $"{one.Name} is given {one.May}").ToList();
        if (unknown.Count > 0)
        {
            throw new InvalidOperationException($"No module declared: {string.Join("; ", unknown)}.");
        }
    }

    internal OutboxKind? Find(string name) => byName.GetValueOrDefault(name);

    internal void Add(OutboxKind kind, Type? message)
    {
        if (!byName.TryAdd(kind.Name, kind))
        {
            throw new ArgumentException($"The outbox kind {kind.Name} is registered twice.");
        }

        if (message is not null && !byMessage.TryAdd(message, kind))
        {
            throw new ArgumentException($"{message.Name} is already sent as {byMessage[message].Name}.");
        }
    }
}

/// <summary>One kind of message.</summary>
/// <param name="Name">What stands in the outbox.</param>
/// <param name="Limit">How long an attempt may take; null for the setting.</param>
/// <param name="May">The permissions its handler has.</param>
/// <param name="SendAsync">Reads the payload and sends it.</param>
internal sealed record OutboxKind(
    string Name,
    TimeSpan? Limit,
    IReadOnlyList<string> May,
    Func<IServiceProvider, OutboxDelivery, JsonSerializerOptions, CancellationToken, Task<OutboxResult>> SendAsync)
{
    public static OutboxKind Of<TMessage>(
        string name, TimeSpan? limit, IReadOnlyList<string> may,
        Func<IServiceProvider, TMessage, OutboxDelivery, CancellationToken, Task<OutboxResult>> send) =>
        new(name, limit, may, (services, delivery, json, ct) =>
        {
            var message = JsonSerializer.Deserialize<TMessage>(delivery.Payload, json)
                ?? throw new JsonException($"The payload of {delivery.MessageId} is null.");
            return send(services, message, delivery, ct);
        });

    public static OutboxKind Of<TMessage, THandler>(string name, TimeSpan? limit, IReadOnlyList<string> may)
        where THandler : class, IOutboxHandler<TMessage> => Of<TMessage>(
            name, limit, may, (services, message, delivery, ct) =>
                services.GetRequiredService<THandler>().SendAsync(message, delivery, ct));
}
