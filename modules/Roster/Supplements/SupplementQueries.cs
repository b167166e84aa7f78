using K12Hub.Contracts;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Types;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[QueryType]
internal static partial class SupplementQueries
{
    /// <summary>What the columns of supplementary files mean, the latest version of each source first.</summary>
    [UseConnection, Authorize(Policy = RosterPermissions.Supplement)]
    public static Task<Page<SupplementMappingRow>> GetSupplementMappingsAsync(
        PagingArguments paging, QueryContext<SupplementMappingRow> query, Rows db, CancellationToken ct) =>
        db.Of<SupplementMappingRow>()
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Source).AddDescending(x => x.Version)))
            .ToPageAsync(paging, ct);

    /// <summary>What a supplementary file would be read as; nothing is stored.</summary>
    [Authorize(Policy = RosterPermissions.Supplement), Cost(50)]
    public static async Task<SupplementPreview?> GetSupplementPreviewAsync(
        [GraphQLDescription("Key of the source whose people it is about: sis.")] string source,
        [GraphQLDescription("The CSV file.")] IFile? file,
        [GraphQLDescription("The CSV as text, instead of a file.")] string? content,
        [GraphQLDescription("Columns to try; null for the mapping that is in force.")]
        IReadOnlyList<SupplementColumnInput>? columns,
        RosterSupplements supplements, ISupplementReader reader, ViewerScope viewer, CancellationToken ct)
    {
        if (SentSupplement.Of(file, content) is not { } sent) return null;

        var mapping = columns is null
            ? await supplements.Mappings.FindAsync(viewer.District, source, ct)
            : new SupplementMapping(0, [.. columns.Select(column => column.ToColumn())]);
        return supplements.Mappings.Wrong(mapping.Columns) is { } wrong
            ? new([], [new(wrong.Code, wrong.Message, null, null, null)])
            : await SupplementPreviews.ReadAsync(reader, sent, mapping, ct);
    }

}

[ObjectType<SupplementMappingRow>, Authorize(Policy = RosterPermissions.Supplement)]
internal static partial class SupplementMappingNode
{
    /// <summary>The columns that have other names or words than ours.</summary>
    [ListSize(AssumedSize = 10)]
    public static IReadOnlyList<MappedColumn> Columns(
        [Parent(nameof(SupplementMappingRow.Mapping))] SupplementMappingRow mapping) =>
    [
        .. SupplementMappingRow.ColumnsOf(mapping.Mapping).Select(column => new MappedColumn(
            column.Column, column.Field, [.. column.Words.Select(word => new MappedWord(word.Word, word.Means))])),
    ];
}

/// <summary>What a column of a supplementary file means.</summary>
/// <param name="Column">The name in the header.</param>
/// <param name="Field">Our name of the column.</param>
/// <param name="Words">What words of it mean.</param>
internal sealed record MappedColumn(string Column, string Field, IReadOnlyList<MappedWord> Words);

/// <summary>What a word of a column means.</summary>
/// <param name="Word">As the file writes it.</param>
/// <param name="Means">As we write it.</param>
internal sealed record MappedWord(string Word, string Means);

[ObjectType<MappedColumn>, Authorize(Policy = RosterPermissions.Supplement)]
internal static partial class MappedColumnNode
{
    /// <summary>What words of it mean.</summary>
    [BindMember(nameof(MappedColumn.Words)), ListSize(AssumedSize = 3)]
    public static IReadOnlyList<MappedWord> Words([Parent(nameof(MappedColumn.Words))] MappedColumn column) =>
        column.Words;
}

[ObjectType<MappedWord>, Authorize(Policy = RosterPermissions.Supplement)]
internal static partial class MappedWordNode;

[ObjectType<SupplementPreview>, Authorize(Policy = RosterPermissions.Supplement)]
internal static partial class SupplementPreviewNode;

[ObjectType<SupplementPreviewLine>, Authorize(Policy = RosterPermissions.Supplement)]
internal static partial class SupplementPreviewLineNode;

[ObjectType<SupplementPreviewCell>, Authorize(Policy = RosterPermissions.Supplement)]
internal static partial class SupplementPreviewCellNode;

[ObjectType<SupplementPreviewFinding>, Authorize(Policy = RosterPermissions.Supplement)]
internal static partial class SupplementPreviewFindingNode;
