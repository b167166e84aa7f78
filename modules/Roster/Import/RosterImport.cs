using System.Globalization;
using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Brings a roster package into the store: stage, check, compare, then everything, or a proposal that
/// waits for a person.</summary>
/// <remarks>Until the one transaction at the end commits, the database is as before the run, whatever happens: a bad
/// package, a full disk, kill -9.</remarks>
public sealed class RosterImport(DocumentStore store, TimeProvider time, RosterSettings settings)
{
    /// <summary>Reads a package and stores what differs from what is known; where too much would end, keeps it as a
    /// proposal.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="source">The package; read once.</param>
    /// <param name="findings">What was found wrong when the package was opened; what the run finds is added.</param>
    /// <param name="options">How to do it.</param>
    /// <param name="progress">Told how far the run is; null when nobody looks.</param>
    /// <param name="ct">Stops the run; nothing is applied.</param>
    public async Task<ImportOutcome> RunAsync(
        DistrictId district,
        IRosterSource source,
        CollectedFindings findings,
        ImportOptions options,
        IProgress<ImportProgress>? progress,
        CancellationToken ct)
    {
        await using var area = await StagingArea.OpenAsync(store, district, ct);
        if (area is null) return Run(progress).Busy();

        await using var notes = ProgressNotes.Begin(store, district, options.Source, time, progress);
        return await Run(notes).RunAsync(area, ct);

        ImportRun Run(IProgress<ImportProgress>? told) => new(
            store, time, settings.Of(options.Source), district, source, findings, options, told);
    }

    /// <summary>Takes the turn to ask a source that is pulled, until it is disposed; null when another process, or
    /// another run of this one, has it.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="source">Key of the source.</param>
    /// <param name="ct">Stops asking.</param>
    public async Task<IAsyncDisposable?> TryTakeTurnAsync(
        DistrictId district, string source, CancellationToken ct) =>
        await SourceTurn.TryTakeAsync(store, district, source, ct);

    /// <summary>What came of a run that did not get its turn. Nothing was read or is recorded.</summary>
    public static ImportOutcome NotYourTurn() =>
        ImportOutcome.NotBegun([SourceTurn.Busy]) with { Status = ImportStatus.Refused };

    /// <summary>Writes down that a package could not even be opened.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="format">What it should have been, for example OneRoster CSV.</param>
    /// <param name="origin">File, folder or address.</param>
    /// <param name="findings">Why.</param>
    /// <param name="options">How the run was to be done.</param>
    /// <param name="ct">Stops writing.</param>
    public async Task<ImportOutcome> RejectAsync(
        DistrictId district,
        string format,
        string origin,
        CollectedFindings findings,
        ImportOptions options,
        CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var record = new RunRecord(
            RunRecord.IdOf(options.Source, now), options.Source, format, origin, ImportStatus.Rejected,
            now, now, ImportCounts.OfNothing, findings, [], options.Checksum);
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        return await WriteAsync(store, connection, district, record, options.Actor, ct);
    }

    /// <summary>When a package was read last; null when it was not.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="source">Key of the source.</param>
    /// <param name="checksum">By which it is known again.</param>
    /// <param name="ct">Stops asking.</param>
    public async Task<KnownPackage?> FindPackageAsync(
        DistrictId district, string source, string checksum, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var command = connection.Statement(
            SqlFile.Fill("package_known", ("table", RosterTables.PackageRows)), district.Value, source, checksum);
        await using var known = await command.ExecuteReaderAsync(ct);
        return await known.ReadAsync(ct)
            ? new(known.GetFieldValue<DateTimeOffset>(0), known.GetBoolean(1))
            : null;
    }

    /// <summary>What came of a package that is older than what is known. Nothing was read or is recorded.</summary>
    /// <param name="known">When it was read.</param>
    public static ImportOutcome AlreadyRead(KnownPackage known)
    {
        ArgumentNullException.ThrowIfNull(known);
        return ImportOutcome.NotBegun([
            new(FindingEffect.RunRejected, "package.read_before", string.Create(
                CultureInfo.InvariantCulture,
                $"This very package was read on {known.ReadAt:yyyy-MM-dd} at {known.ReadAt:HH:mm} UTC, and a newer one "
                + $"since. To go back to it all the same, import it with --again.")),
        ]) with
        { Status = ImportStatus.Refused };
    }

    /// <summary>When the last run began that read all a source had to say; null when there was none.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="source">Key of the source.</param>
    /// <param name="format">Beginning of the format, for example OneRoster REST.</param>
    /// <param name="ct">Stops asking.</param>
    public async Task<DateTimeOffset?> LastReadAsync(
        DistrictId district, string source, string format, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var command = connection.Statement(SqlFile.Fill("last_read"), district.Value, source, format);

        return await command.ExecuteScalarAsync(ct) is DateTime last ? new(last, TimeSpan.Zero) : null;
    }

    internal static async Task<ImportOutcome> WriteAsync(
        DocumentStore store,
        NpgsqlConnection connection,
        DistrictId district,
        RunRecord record,
        string? actor,
        CancellationToken ct)
    {
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var events = await record.WriteRowsAsync(connection, store.Options.Tables, district, ct);
        await store.BulkAppend.AppendAsync(
            connection, district, Of(events), new(actor, CorrelationId: record.Id), ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return record.Outcome;
    }

    internal static async IAsyncEnumerable<BulkEvent> Of(IEnumerable<BulkEvent> events)
    {
        await ValueTask.CompletedTask;
        foreach (var happened in events) yield return happened;
    }
}
