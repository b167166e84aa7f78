using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>The three columns every file begins with.</summary>
internal sealed record BaseColumns(Column SourcedId, Column Status, Column DateLastModified)
{
    private const string Active = "active";
    private const string ToBeDeleted = "tobedeleted";

    /// <remarks><c>inactive</c> is the word of 1.0, which 1.1 and 1.2 ask to read as <c>tobedeleted</c>.</remarks>
    private static readonly Vocabulary statuses = new Vocabulary(Active, ToBeDeleted).Also("inactive", ToBeDeleted);

    public static BaseColumns Of(FileColumns columns, params string[] sourcedIdAliases) => new(
        columns.Cell("sourcedId", sourcedIdAliases),
        columns.Expected("status"),
        columns.Expected("dateLastModified", "dataLastModified"));

    /// <summary>Bulk files may leave the status empty: what is in them is active.</summary>
    public RecordStatus StatusOf(Row row) =>
        row.Word(Status, statuses) == ToBeDeleted ? RecordStatus.ToBeDeleted : RecordStatus.Active;
}
