using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace K12Hub.Accounts;

/// <summary>The providers of the settings.</summary>
internal sealed class ProviderConnections(
    AccountsSettings settings, TimeProvider time, ILogger<ProviderConnection> log) : IDisposable
{
    private readonly ConcurrentDictionary<string, ProviderConnection> connections = new(StringComparer.Ordinal);

    /// <summary>Names and settings; none where there is no address to come back to.</summary>
    public IReadOnlyDictionary<string, SignInProvider> All { get; } =
        settings.PublicAddress is null ? new Dictionary<string, SignInProvider>() : settings.Providers;

    public ProviderConnection ConnectionOf(string name) =>
        connections.GetOrAdd(name, _ => new(name, All[name], time, log));

    public void Dispose()
    {
        foreach (var connection in connections.Values) connection.Dispose();
    }
}
