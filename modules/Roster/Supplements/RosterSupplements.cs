using System.Security.Cryptography;
using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Brings supplementary files in: what a district knows of people that OneRoster has no place for. They come
/// in as rosters do, staged, compared and recorded, under a source of their own beside the one they
/// supplement.</summary>
public sealed class RosterSupplements(
    DocumentStore store, RosterImport import, TimeProvider time, ISupplementReader reader)
{
    /// <summary>What is put behind the key of a source.</summary>
    private const string Suffix = ".supplement";

    private const string Format = "Supplementary CSV";

    internal SupplementMappings Mappings { get; } = new(store, time, reader);

    /// <summary>Reads a file and stores what differs from what is known.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="source">Key of the source whose people it is about.</param>
    /// <param name="file">The file.</param>
    /// <param name="proposeOnly">Applies nothing: a person looks first.</param>
    /// <param name="actor">Who sends it, as an id.</param>
    /// <param name="ct">Stops; nothing is applied.</param>
    public Task<ImportOutcome> ImportAsync(
        DistrictId district, string source, SupplementFile file, bool proposeOnly, string? actor,
        CancellationToken ct) => ImportAsync(district, source, file, proposeOnly, actor, null, ct);

    /// <summary>The run of a file that was sent before, where nothing of the source came in since and nobody took it
    /// back: whoever did not get the answer may ask again.</summary>
    internal async Task<Guid?> FindRunAsync(
        DistrictId district, string source, string checksum, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var find = connection.Statement(
            SqlFile.Fill("supplement_known", ("packages", RosterTables.PackageRows), ("runs", RosterTables.RunRows)),
            district.Value, source + Suffix, checksum);
        return await find.ExecuteScalarAsync(ct) as Guid?;
    }

    /// <summary>By which a file is known again: its content, and how it is read.</summary>
    internal async Task<string> ChecksumAsync(
        DistrictId district, string source, SupplementFile file, bool proposeOnly, CancellationToken ct)
    {
        var mapping = await Mappings.FindAsync(district, source, ct);
        await using var content = file.Open();
        var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
        return FormattableString.Invariant($"{hash} {mapping.Version} {(proposeOnly ? "proposed" : "applied")}");
    }

    internal async Task<ImportOutcome> ImportAsync(
        DistrictId district, string source, SupplementFile file, bool proposeOnly, string? actor, string? checksum,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(source);
        if (!IsSource(source)) return NotBegun(SupplementRefusal.NoSource.Code, SupplementRefusal.NoSource.Message);
        if (!await IsKnownAsync(district, source, ct))
        {
            return NotBegun("supplement.source_unknown",
                $"No roster of source '{source}' was ever imported. Import it first, or name another source.");
        }

        var findings = new CollectedFindings();
        var options = new ImportOptions(source + Suffix, actor, proposeOnly, checksum, source);
        var mapping = await Mappings.FindAsync(district, source, ct);
        var opening = await reader.OpenAsync(file, mapping, findings, ct);
        if (opening.Source is not { } opened)
        {
            foreach (var rejection in opening.Rejections) findings.Add(rejection);
            return await import.RejectAsync(district, Format, file.Name, findings, options, ct);
        }

        await using (opened)
        {
            await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
            await using var merged = new MergedSupplement(opened, connection, district, source);
            return await import.RunAsync(district, merged, findings, options, progress: null, ct);
        }
    }

    internal static bool IsSource(string source) =>
        source.Length is > 0 and <= 40 && source.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private async Task<bool> IsKnownAsync(DistrictId district, string source, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var find = connection.Statement(
            $"select exists (select from {RosterKinds.Users.Rows} where tenant_id = $1 and source = $2)",
            district.Value, source);
        return (bool)(await find.ExecuteScalarAsync(ct))!;
    }

    private static ImportOutcome NotBegun(string rule, string message) =>
        ImportOutcome.NotBegun([new(FindingEffect.RunRejected, rule, message)]);
}
