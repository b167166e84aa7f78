using K12Hub.Contracts;
using K12Hub.Hosting;
using K12Hub.OneRoster.Supplements;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.OneRoster;

/// <summary>Plugs the connector in.</summary>
public static class OneRosterConnector
{
    /// <summary>Reads the settings of section <c>OneRoster</c>; <see cref="OneRosterCsv"/> opens packages with
    /// them, and supplementary files are read within them.</summary>
    public static HubBuilder AddOneRoster(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.Services.AddSingleton<ISupplementReader, SupplementCsv>();
        return hub.Settings<OneRosterSettings>("OneRoster");
    }
}
