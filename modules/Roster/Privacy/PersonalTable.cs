using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>How the rows of a table are found that are about somebody.</summary>
/// <param name="Sql">The rows as JSON, and the stream of each where there is one. Marked columns are left out of rows
/// that tell of somebody else.</param>
internal sealed record PersonalTable(string Sql)
{
    /// <summary>Columns that name people without telling anything of them; each is in an index.</summary>
    private static readonly string[] Names =
        ["person_id", "student_id", "guardian_id", "account_id", "first_id", "second_id"];

    /// <summary>What an account is opened with is no information about its owner, and a danger in a file.</summary>
    private static readonly string[] Secrets = ["account.", "session.", "set_up."];

    /// <summary>Whether an event is told with what it says, or only that it happened.</summary>
    public static bool TellsOf(string type) =>
        !Secrets.Any(secret => type.StartsWith(secret, StringComparison.Ordinal));

    /// <summary>How they are found; null for a table that is about nobody.</summary>
    public static PersonalTable? Of(TableMap table)
    {
        var personal = table.Columns.Where(column => column.Personal is not null)
            .GroupBy(column => column.Personal!.SubjectColumn).ToList();
        var columns = table.Columns.Where(column => column.PgType == "uuid" && Names.Contains(column.Name))
            .Select(column => column.Name).Union(personal.Select(group => group.Key)).ToList();
        if (columns.Count == 0) return null;

        var row = personal.Aggregate("to_jsonb(t) - 'tenant_id' - 'row_hash'", (row, group) =>
            $"({row}) - case when t.{group.Key} = any($2) then '{{}}'::text[] else array["
            + string.Join(", ", group.Select(column => $"'{column.Name}'")) + "] end");
        var own = personal.Count == 0
            ? "true"
            : string.Join(" or ", personal.Select(group => $"t.{group.Key} = any($2)"));
        var stream = table.Key is ["id"] && table.Column("Id").PgType == "uuid"
            ? $"case when {own} then t.id end"
            : "null::uuid";
        var found = string.Join(" or ", columns.Select(column => $"t.{column} = any($2)"));
        return new($"select ({row})::text, {stream} from {table.View} t where t.tenant_id = $1 and ({found})");
    }
}
