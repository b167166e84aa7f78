using System.Text;
using K12Hub.Contracts;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[MutationType]
internal static partial class SupplementMutations
{
    /// <summary>Takes a supplementary file in: what a district knows of people that OneRoster has no place for. The run
    /// says what came of it.</summary>
    [Authorize(Policy = RosterPermissions.Supplement)]
    public static async Task<MutationResult<SyncRunRow>> ImportSupplementAsync(
        [GraphQLDescription("Key of the source whose people it is about: sis.")] string source,
        [GraphQLDescription("The CSV file.")] IFile? file,
        [GraphQLDescription("The CSV as text, instead of a file.")] string? content,
        [GraphQLDescription("True to look first: nothing is applied.")] bool? proposeOnly,
        RosterSupplements supplements, ViewerScope viewer, ISyncRunByIdDataLoader byId, CancellationToken ct)
    {
        if (SentSupplement.Of(file, content) is not { } sent) return SupplementRefusal.NoFile.Error;

        var checksum = await supplements.ChecksumAsync(viewer.District, source, sent, proposeOnly is true, ct);
        if (await supplements.FindRunAsync(viewer.District, source, checksum, ct) is { } sentBefore)
        {
            return await byId.LoadAsync(sentBefore, ct);
        }

        var outcome = await supplements.ImportAsync(
            viewer.District, source, sent, proposeOnly is true, viewer.Viewer.Id, checksum, ct);
        if (outcome.Run is { } run) return await byId.LoadAsync(run, ct);

        var why = outcome.Findings[^1];
        return new MutationError(why.Rule, why.Message);
    }

    /// <summary>Says what the columns of a source's supplementary files mean; the next file is read so.</summary>
    [Authorize(Policy = RosterPermissions.Supplement)]
    public static async Task<MutationResult<SupplementMappingRow>> MapSupplementAsync(
        [GraphQLDescription("Key of the source: sis.")] string source,
        [GraphQLDescription("The columns that have other names or words than ours; empty for none.")]
        IReadOnlyList<SupplementColumnInput> columns,
        RosterSupplements supplements, ViewerScope viewer, Rows db, CancellationToken ct)
    {
        IReadOnlyList<SupplementColumn> wanted = [.. columns.Select(column => column.ToColumn())];
        var refusal = await supplements.Mappings.MapAsync(viewer.District, source, wanted, viewer.Viewer.Id, ct);
        return refusal is null ? await InForceAsync(db, source, ct) : refusal.Error;
    }

    private static Task<SupplementMappingRow?> InForceAsync(Rows db, string source, CancellationToken ct) =>
        db.Of<SupplementMappingRow>().Where(x => x.Source == source).OrderByDescending(x => x.Version)
            .FirstOrDefaultAsync(ct);
}

/// <summary>A file or text of a caller as a supplementary file.</summary>
internal static class SentSupplement
{
    /// <summary>Null unless there is just one of them.</summary>
    public static SupplementFile? Of(IFile? file, string? content) => (file, content) switch
    {
        ({ } sent, null) => new(sent.Name, sent.Length ?? 0, sent.OpenReadStream),
        (null, { } text) => new(
            "supplement.csv", text.Length, () => new MemoryStream(Encoding.UTF8.GetBytes(text), writable: false)),
        _ => null,
    };
}

/// <summary>What a column of a file means.</summary>
/// <param name="Column">The name in the header.</param>
/// <param name="Field">Our name of the column: homeLanguage.</param>
/// <param name="Words">What words of it mean: Spanish is es.</param>
internal sealed record SupplementColumnInput(string Column, string Field, IReadOnlyList<SupplementWordInput>? Words)
{
    public SupplementColumn ToColumn() => new(
        Column.Trim(), Field,
        [.. (Words ?? []).Select(word => new SupplementWord(word.Word.Trim(), word.Means.Trim()))]);
}

/// <summary>What a word of a column means.</summary>
/// <param name="Word">As the file writes it.</param>
/// <param name="Means">As we write it.</param>
internal sealed record SupplementWordInput(string Word, string Means);
