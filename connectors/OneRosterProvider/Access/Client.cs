using System.Security.Cryptography;
using System.Text;
using K12Hub.Hosting;

namespace K12Hub.OneRosterProvider.Access;

/// <summary>A client of the settings.</summary>
internal sealed record Client(string Name, short District, string Source, IReadOnlyList<Scope> Scopes)
{
    private byte[] secretHash = [];

    /// <summary>To whom what it reads goes.</summary>
    public Disclosure Disclosed { get; private init; } = new("", "", "");

    /// <summary>Whether it may have addresses and numbers.</summary>
    public bool HasContact { get; private init; } = true;

    /// <summary>Whether it may have directory information and nothing else of students.</summary>
    public bool IsDirectoryOnly => Disclosed.Basis == "directoryInformation";

    public static Client Of(string name, ProviderClientSettings settings) =>
        new(name, settings.District, settings.Source, [.. Scope.Parse(settings.Scopes).OfType<Scope>()])
        {
            secretHash = Convert.FromHexString(settings.SecretHash),
            HasContact = settings.Contact,
            Disclosed = new(settings.Party ?? name, settings.Interest, settings.Basis),
        };

    /// <summary>Whether somebody has its secret.</summary>
    public bool Is(string secret) => CryptographicOperations.FixedTimeEquals(
        secretHash, SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}

/// <summary>The clients of the settings by their names.</summary>
internal sealed class Clients(ProviderSettings settings)
{
    // A name nobody has is compared with this one's secret, so that it takes as long.
    private readonly Client nobody = Client.Of("", new() { SecretHash = new string('0', 64) });

    private readonly Dictionary<string, Client> all = settings.Clients.ToDictionary(
        client => client.Key, client => Client.Of(client.Key, client.Value), StringComparer.Ordinal);

    public bool Any => all.Count > 0;

    public Client? Find(string name) => all.GetValueOrDefault(name);

    /// <summary>The client of an id and a secret; null when there is none.</summary>
    public Client? Find(string name, string secret)
    {
        var client = Find(name);
        return (client ?? nobody).Is(secret) ? client : null;
    }
}
