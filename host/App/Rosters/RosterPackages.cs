using K12Hub.Contracts;
using K12Hub.OneRoster;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>Brings a OneRoster package in: the connector opens it, the roster module takes it.</summary>
internal sealed class RosterPackages(RosterImport import, OneRosterSettings settings)
{
    private const string Format = "OneRoster CSV";

    public async Task<ImportOutcome> ImportAsync(
        string package, bool proposeOnly, IProgress<ImportProgress>? progress, CancellationToken ct)
    {
        var findings = new CollectedFindings();
        var options = new ImportOptions(ProposeOnly: proposeOnly);
        var opening = await OneRosterCsv.OpenAsync(package, settings, findings, ct);
        if (opening.Source is not { } source)
        {
            foreach (var rejection in opening.Rejections)
            {
                findings.Add(rejection);
            }

            return await import.RejectAsync(Door.District, Format, Path.GetFileName(package), findings, options, ct);
        }

        await using (source)
        {
            return await import.RunAsync(Door.District, source, findings, options, progress, ct);
        }
    }
}
