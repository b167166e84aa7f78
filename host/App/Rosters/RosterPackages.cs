using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.OneRoster;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>How a package is to be brought in.</summary>
/// <param name="Source">Key of its source.</param>
/// <param name="ProposeOnly">Applies nothing: a person looks first.</param>
/// <param name="Again">Takes it in although it is older than what is known.</param>
/// <param name="Checksum">By which it is known again, where the caller has looked; null to look.</param>
/// <param name="Actor">Who brings it in, as an id; null for nobody in person.</param>
internal sealed record PackageImport(
    string Source = ImportOptions.MainSource, bool ProposeOnly = false, bool Again = false, string? Checksum = null,
    string? Actor = null);

/// <summary>Brings a OneRoster package in: the connector opens it, the roster module takes it.</summary>
internal sealed class RosterPackages(RosterImport import, OneRosterSettings settings)
{
    private const string Format = "OneRoster CSV";

    public async Task<ImportOutcome> ImportAsync(
        DistrictId district, string package, PackageImport how, IProgress<ImportProgress>? progress,
        CancellationToken ct)
    {
        var findings = new CollectedFindings();
        var opening = await OneRosterCsv.OpenAsync(package, settings, findings, ct);
        if (opening.Source is not { } source)
        {
            foreach (var rejection in opening.Rejections)
            {
                findings.Add(rejection);
            }

            return await import.RejectAsync(
                district, Format, Path.GetFileName(package), findings,
                new(how.Source, how.Actor, Checksum: how.Checksum), ct);
        }

        await using (source)
        {
            // What can be opened is small enough to be read twice.
            var checksum = how.Checksum ?? await PackageChecksum.OfAsync(package, ct);
            var known = await import.FindPackageAsync(district, how.Source, checksum, ct);
            if (known is { IsOld: true } && !how.Again) return RosterImport.AlreadyRead(known);

            var options = new ImportOptions(how.Source, how.Actor, ProposeOnly: how.ProposeOnly, Checksum: checksum);
            return await import.RunAsync(district, source, findings, options, progress, ct);
        }
    }
}
