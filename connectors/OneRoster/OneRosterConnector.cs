using K12Hub.Hosting;

namespace K12Hub.OneRoster;

/// <summary>Plugs the connector in.</summary>
public static class OneRosterConnector
{
    /// <summary>Reads the settings of section <c>OneRoster</c>; <see cref="OneRosterCsv"/> opens packages with
    /// them.</summary>
    public static HubBuilder AddOneRoster(this HubBuilder hub) => hub.Settings<OneRosterSettings>("OneRoster");
}
