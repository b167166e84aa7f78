using System.Xml.Linq;
using K12Hub.EventStore;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace K12Hub.Accounts;

/// <summary>Keeps the keys of Data Protection in the database, where every node finds them.</summary>
internal sealed class ProtectionKeys(DocumentStore store, AccountsSettings settings) : IXmlRepository
{
    private const string Find = $"select name, xml from {AccountsTables.ProtectionKeys} where tenant_id = $1";

    private const string Keep =
        $"""
        insert into {AccountsTables.ProtectionKeys} (tenant_id, name, xml) values ($1, $2, $3)
        on conflict (tenant_id, name) do update set xml = excluded.xml
        """;

    private DistrictId District => new(settings.District);

    // Data Protection asks synchronously, once a day and process.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. FindAsync(CancellationToken.None).GetAwaiter().GetResult().Select(row => XElement.Parse(row.Xml))];

    public void StoreElement(XElement element, string friendlyName) =>
        KeepAsync(friendlyName, element, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Seals every key under the ring's current key, so that the ring's old one can go.</summary>
    /// <returns>How many.</returns>
    public async Task<int> SealAnewAsync(CancellationToken ct)
    {
        var changed = 0;
        foreach (var row in await FindAsync(ct))
        {
            var element = XElement.Parse(row.Xml);
            foreach (var closed in element.Descendants(RingSeal.ElementName).ToList())
            {
                var open = await RingSeal.OpenAsync(store.Options.KeyRing!, District, closed, ct);
                closed.ReplaceWith(await RingSeal.CloseAsync(store.Options.KeyRing!, District, open, ct));
                changed++;
            }

            await KeepAsync(row.Name, element, ct);
        }

        return changed;
    }

    private async Task<List<ProtectionKeyRow>> FindAsync(CancellationToken ct)
    {
        await using var ask = new DistrictSql(store, District).With(Find);
        await using var rows = await ask.ReadAsync(ct);
        var found = new List<ProtectionKeyRow>();
        while (await rows.ReadAsync(ct)) found.Add(new() { Name = rows.GetString(0), Xml = rows.GetString(1) });
        return found;
    }

    private async Task KeepAsync(string name, XElement element, CancellationToken ct)
    {
        await using var keep = new DistrictSql(store, District)
            .With(Keep, name, element.ToString(SaveOptions.DisableFormatting));
        await keep.RunAsync(ct);
    }
}
