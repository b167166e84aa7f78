using System.Globalization;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Every no that somebody who wants an import may get.</summary>
internal static class AskingRefusals
{
    public static readonly Refusal UnknownSource = new(
        "roster.unknown_source",
        "No such source is known, and a new one would bring every record a second time. rosterSources names them.");

    public static readonly Refusal NothingToAsk = new(
        "roster.source_not_asked",
        "This source is not asked: it is none of the settings. Send a package of it instead.");

    public static readonly Refusal Empty = new("roster.package_empty", "The file is empty.");

    public static Refusal ReadBefore(DateTimeOffset at) => new(
        "roster.package_read_before", string.Create(
            CultureInfo.InvariantCulture,
            $"This very package was read on {at:yyyy-MM-dd} at {at:HH:mm} UTC. To read it once more, say "
            + $"again: true."));
}
