using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>A field that can be asked about, and where it stands in the rows that are called <c>t</c>.</summary>
/// <param name="Field">The field.</param>
/// <param name="Sql">Its expression.</param>
/// <param name="Collection">For keys: what they are keys of.</param>
internal sealed record ProvidedField(RosterField Field, string Sql, string? Collection = null)
{
    public static ProvidedField Text(string name, string column, bool canSort = true) =>
        new(new(name, RosterFieldType.Text, canSort), $"t.{column}");

    public static ProvidedField Texts(string name) =>
        new(new(name, RosterFieldType.Texts), "t." + SnakeCase(name));

    public static ProvidedField Date(string name, string column, bool canSort = true) =>
        new(new(name, RosterFieldType.Date, canSort), $"t.{column}");

    public static ProvidedField Flag(string name, string column) =>
        new(new(name, RosterFieldType.Flag), $"t.{column}");

    public static ProvidedField Key(string name, string column, string collection) =>
        new(new(name, RosterFieldType.Key), $"t.{column}", collection);

    public static ProvidedField Keys(string name, string sql, string collection) =>
        new(new(name, RosterFieldType.Keys), sql, collection);

    /// <summary>What rows are sorted by, never null; of the rows of another alias where wanted.</summary>
    public string Order(string alias = "t")
    {
        var sql = Sql.Replace("t.", alias + ".", StringComparison.Ordinal);
        return Field.Type is RosterFieldType.Text ? $"coalesce({sql}, '') collate \"C\"" : sql;
    }

    private static string SnakeCase(string name) => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
