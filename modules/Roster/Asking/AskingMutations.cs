using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

/// <summary>A package that somebody sent.</summary>
internal sealed record RosterUpload
{
    /// <summary>Key of its source.</summary>
    public string Source { get; init; } = "";

    /// <summary>SHA-256 of the package, in hexadecimal digits: by it the package is asked for.</summary>
    public string Checksum { get; init; } = "";
}

[ObjectType<RosterUpload>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class RosterUploadNode
{
    /// <summary>The run that read it last; null while none has.</summary>
    public static async Task<SyncRunRow?> GetRunAsync(
        [Parent(nameof(RosterUpload.Source), nameof(RosterUpload.Checksum))] RosterUpload upload,
        Rows db, CancellationToken ct)
    {
        var tables = db.Open();
        return await tables.Of<SyncPackageRow>()
            .Where(package => package.Source == upload.Source && package.Checksum == upload.Checksum)
            .Join(tables.Of<SyncRunRow>(), package => package.RunId, run => run.Id, (_, run) => run)
            .FirstOrDefaultAsync(ct);
    }
}

[QueryType]
internal static partial class RosterUploadQueries
{
    /// <summary>A package that somebody sent, with the run that read it once there is one.</summary>
    [Authorize(Policy = RosterPermissions.ReadRuns)]
    public static RosterUpload GetRosterUpload(
        [GraphQLDescription("Key of its source.")] string source,
        [GraphQLDescription("SHA-256 of the package, in hexadecimal digits.")] string checksum) =>
        new() { Source = source, Checksum = checksum.ToUpperInvariant() };
}

[MutationType]
internal static partial class AskingMutations
{
    /// <summary>Takes a OneRoster package, a zip of all its files, and imports it in the background: syncProgress says
    /// how far it is, rosterUpload and syncRunFinished what came of it.</summary>
    [Authorize(Policy = RosterPermissions.Import)]
    public static async Task<MutationResult<RosterUpload>> UploadRosterAsync(
        [GraphQLDescription("Key of the source it is of: sis.")] string source,
        [GraphQLDescription("The package.")] IFile file,
        [GraphQLDescription("True to look first: nothing is applied.")] bool? proposeOnly,
        [GraphQLDescription("True to read a package once more that was read before.")] bool? again,
        RosterUploads uploads, ViewerScope viewer, CancellationToken ct)
    {
        var how = new RosterPackageSent(source, "", "", proposeOnly is true, again is true, viewer.Viewer.Id);
        var (checksum, refusal) = await uploads.TakeAsync(viewer.District, file, how, ct);
        return refusal is null
            ? new RosterUpload { Source = source, Checksum = checksum! }
            : new MutationError(refusal.Code, refusal.Message);
    }

    /// <summary>Imports a source of the settings now, in the background, whenever it is due: one import of a source at
    /// a time.</summary>
    [Authorize(Policy = RosterPermissions.Import)]
    public static async Task<MutationResult<RosterSource>> ImportSourceAsync(
        [GraphQLDescription("Its name, as rosterSources tells it.")] string name,
        [GraphQLDescription("False to ask for all and not only for what changed since the last import.")]
        bool? changesOnly,
        RosterUploads uploads, ViewerScope viewer, SourceStates states, CancellationToken ct)
    {
        var asked = new RosterSourceAsked(name, changesOnly is not false, viewer.Viewer.Id);
        if (await uploads.AskAsync(viewer.District, asked, ct) is { } refusal)
            return new MutationError(refusal.Code, refusal.Message);

        var sources = await states.FindAsync(viewer.District, ct);
        return sources.First(source => source.Name == name);
    }
}
