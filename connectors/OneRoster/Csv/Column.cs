namespace K12Hub.OneRoster.Csv;

/// <summary>How much a file needs a column.</summary>
internal enum Need
{
    /// <summary>The file may do without, and nobody is told.</summary>
    Optional,

    /// <summary>The standard wants the column; without it there is a warning.</summary>
    Expected,

    /// <summary>Only answers of the REST binding have it.</summary>
    Rest,

    /// <summary>Without the column the file is refused; a cell may be empty.</summary>
    Column,

    /// <summary>Without the column the file is refused; a row with an empty cell is rejected.</summary>
    Cell,
}

/// <summary>A column of a file, by the standard's name.</summary>
/// <param name="Ordinal">Its place among the columns of its file as we know it, not as it is sent.</param>
/// <param name="Name">The standard's name.</param>
/// <param name="Need">What happens without it.</param>
/// <param name="Only">The only version that has it; null when both do.</param>
/// <param name="Aliases">Other names that mean it.</param>
internal sealed record Column(
    int Ordinal, string Name, Need Need, OneRosterVersion? Only, IReadOnlyList<string> Aliases)
{
    /// <summary>Whether the files of a version have it.</summary>
    public bool IsIn(OneRosterVersion version) => Need is not Need.Rest && (Only is null || Only == version);
}

/// <summary>The columns we read of a file, and those we know and leave alone.</summary>
internal sealed class FileColumns(string collection)
{
    private readonly List<Column> columns = [];
    private readonly HashSet<string> unread = new(StringComparer.OrdinalIgnoreCase);

    public string Collection { get; } = collection;

    public string FileName => Collection + ".csv";

    public IReadOnlyList<Column> All => columns;

    /// <summary>The row's own key: in every file the first column.</summary>
    public Column Key => columns[0];

    public Column Cell(string name, params string[] aliases) => Add(name, Need.Cell, null, aliases);

    public Column Needed(string name, OneRosterVersion only, params string[] aliases) =>
        Add(name, Need.Column, only, aliases);

    public Column Optional(string name, params string[] aliases) => Add(name, Need.Optional, null, aliases);

    public Column Expected(string name, params string[] aliases) => Add(name, Need.Expected, null, aliases);

    public Column ExpectedIn(OneRosterVersion only, string name, params string[] aliases) =>
        Add(name, Need.Expected, only, aliases);

    public Column InRest(string name) => Add(name, Need.Rest, null, []);

    /// <summary>Names columns that may be there and are never read, such as passwords.</summary>
    public FileColumns Unread(params string[] names)
    {
        unread.UnionWith(names);

        return this;
    }

    public bool IsUnread(string name) => unread.Contains(name);

    private Column Add(string name, Need need, OneRosterVersion? only, string[] aliases)
    {
        var column = new Column(columns.Count, name, need, only, aliases);
        columns.Add(column);

        return column;
    }
}
