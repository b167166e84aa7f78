using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>The statements that answer a question: first what there is, then a page of it.</summary>
internal sealed class ProvidedStatements
{
    // More than any page takes: no statement for a client that went away stays for ever.
    private const string Limit = "select set_config('statement_timeout', '60s', true)";

    private readonly ProvidedTable table;
    private readonly DistrictId district;
    private readonly List<object> values;
    private readonly ProvidedConditions conditions;

    private ProvidedStatements(ProvidedTable table, DistrictId district, string source)
    {
        (this.table, this.district) = (table, district);
        values = [district.Value, source];
        conditions = new(table, source, values);
    }

    /// <summary>A page: the statement before says whether the owners are there, whether the mark still is, and how
    /// many rows there are.</summary>
    public static NpgsqlBatch OfPage(
        DocumentStore store, DistrictId district, RosterQuestion question, ProvidedTable table)
    {
        var made = new ProvidedStatements(table, district, question.Source);
        var (owners, last) = made.Owners(question);
        var rows = made.Rows(question, last);
        var (page, order) = made.Page(question, rows);
        var (found, total) = question.After is { } mark
            ? (made.IsThere(mark), made.conditions.Value(mark.Total) + "::int")
            : ("true", $"(select count(*)::int {rows})");
        return made.Batch(
            store,
            $"select {owners}, {found}, {total}, {made.End(question, page, order)}",
            made.Records(made.Limited(question, page, order), order));
    }

    /// <summary>One record.</summary>
    public static NpgsqlBatch OfOne(
        DocumentStore store, DistrictId district, string source, RosterList list, Guid id, ProvidedTable table)
    {
        var made = new ProvidedStatements(table, district, source);
        return made.Batch(store, made.Records(
            $"from {table.From} t where t.tenant_id = $1 and t.source = $2 "
            + $"and t.{table.IdColumn} = {made.conditions.Value(id)}"
            + And(table.Must) + And(ProvidedLists.Part(list)), "t.id"));
    }

    /// <summary>Whether all owners are there, each with the one before it, and the place of the last one's
    /// id.</summary>
    private (string Found, string Last) Owners(RosterQuestion question)
    {
        var (found, last, before) = ("true", "", (RosterOwner?)null);
        foreach (var owner in question.Of)
        {
            var kind = ProvidedLists.TableOf(owner.List).Kind;
            var id = conditions.Value(RosterId.Of(question.Source, kind.Collection, owner.SourcedId));
            var belongs = before is null ? null : ProvidedLists.Belongs(owner.List, before.List, last);
            found += $" and exists (select from {kind.View} t where t.tenant_id = $1 and t.source = $2"
                + $" and t.id = {id}{And(ProvidedTable.IsKept("t"))}{And(ProvidedLists.Part(owner.List))}"
                + $"{And(belongs)})";
            (last, before) = (id, owner);
        }

        return (found, last);
    }

    private string Rows(RosterQuestion question, string owner)
    {
        // Who is a student or a teacher somewhere is said by the school or the class.
        var isSaid = question is { Of.Count: > 0, List: RosterList.Students or RosterList.Teachers };
        var part = isSaid ? null : ProvidedLists.Part(question.List);
        var belongs = question.Of.Count == 0
            ? null
            : ProvidedLists.Belongs(question.List, question.Of[^1].List, owner);
        var asked = string.Join(
            question.IsAnyEnough ? " or " : " and ", question.Conditions.Select(conditions.Sql));
        return $"from {table.From} t where t.tenant_id = $1 and t.source = $2 and {table.Must}"
            + And(part) + And(belongs) + And(belongs is null ? null : table.MustBelong)
             + And(asked.Length > 0 ? $"({asked})" : null);
    }

    private string IsThere(RosterMark mark) =>
        $"exists (select from {table.From} m where m.tenant_id = $1 and m.id = {conditions.Value(mark.Last)} "
        + $"and {ProvidedTable.IsKept("m")})";

    /// <summary>The rows from where the page begins on, and their order.</summary>
    private (string Rows, string Order) Page(RosterQuestion question, string rows)
    {
        var sort = table.Field(question.Sort);
        var tie = table.Field(RosterField.SourcedId);
        var isTie = sort == tie;
        var direction = question.IsDescending ? " desc" : "";
        var order = isTie ? Key(tie) + direction : $"{sort.Order()}{direction}, {Key(tie)}{direction}";
        if (question.After is not { } mark) return (rows, order);

        var (here, there) = isTie
            ? (Key(tie), Key(tie, "m"))
            : ($"({sort.Order()}, {Key(tie)})", $"{sort.Order("m")}, {Key(tie, "m")}");
        var start = $" and {here} {(question.IsDescending ? "<" : ">")} (select {there} from {table.From} m "
            + $"where m.tenant_id = $1 and m.id = {conditions.Value(mark.Last)})";
        return (rows + start, order);
    }

    private string Limited(RosterQuestion question, string page, string order) =>
        $"{page} order by {order} limit {conditions.Value(question.Limit)} "
        + $"offset {conditions.Value(Skipped(question))}";

    /// <summary>The id of the page's last row where the index tells it for next to nothing; else null.</summary>
    private string End(RosterQuestion question, string page, string order) =>
        question is { Conditions.Count: 0, Of.Count: 0, Sort: RosterField.SourcedId }
            ? $"(select t.id {page} order by {order} limit 1 "
                + $"offset {conditions.Value(Skipped(question) + (long)question.Limit - 1)})"
            : "null::uuid";

    private static int Skipped(RosterQuestion question) => question.After is null ? question.Offset : 0;

    /// <summary>As the index has it.</summary>
    private static string Key(ProvidedField sourcedId, string alias = "t") =>
        sourcedId.Sql.Replace("t.", alias + ".", StringComparison.Ordinal) + " collate \"C\"";

    private string Records(string rows, string order) =>
        $"""
        select t.id, t.sourced_id, t.ended_at is not null,
               date_trunc('milliseconds', coalesce({table.Modified}, 'epoch')), {table.Columns}
          from (select t.* {rows}) t
          left join es.streams s on s.tenant_id = t.tenant_id and s.stream_id = t.id
          {table.Joins}
         order by {order}
        """;

    private NpgsqlBatch Batch(DocumentStore store, params ReadOnlySpan<string> statements)
    {
        var batch = DistrictBatch.For(store, district).With(Limit);
        foreach (var statement in statements) batch.With(statement, [.. values]);
        return batch;
    }

    private static string And(string? condition) => condition is null ? "" : $" and {condition}";
}
