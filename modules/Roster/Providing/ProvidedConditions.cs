using System.Globalization;
using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Conditions on the rows that are called <c>t</c>, with their values as parameters.</summary>
/// <param name="table">The rows' table.</param>
/// <param name="source">Key of the source whose keys are meant.</param>
/// <param name="values">Where the values go.</param>
internal sealed class ProvidedConditions(ProvidedTable table, string source, List<object> values)
{
    private const string Moment = "date_trunc('milliseconds', s.updated_at)";

    /// <summary>Takes a value; its place in the statement.</summary>
    public string Value(object value)
    {
        values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${values.Count}");
    }

    /// <summary>A condition in SQL. It is never null, so that it can be negated.</summary>
    public string Sql(RosterCondition condition)
    {
        var field = table.Field(condition.Field);
        if (condition.Operator is RosterOperator.NotEqual)
            return $"not {Sql(condition with { Operator = RosterOperator.Equal })}";

        return $"coalesce({Sql(field, condition.Operator, condition.Value)}, false)";
    }

    private string Sql(ProvidedField field, RosterOperator with, object value) => field.Field.Type switch
    {
        RosterFieldType.Text when with is RosterOperator.Contains => Contains(field.Sql, value),
        RosterFieldType.Text => $"{field.Sql} collate \"C\" {Sign(with)} {Value(value)}",
        RosterFieldType.Texts or RosterFieldType.EachText when with is RosterOperator.Contains =>
            $"exists (select from unnest({field.Sql}) part where {Contains("part", value)})",
        RosterFieldType.EachText => $"{Value(value)} = any({field.Sql})",
        RosterFieldType.Key => $"{field.Sql} = {Id(field, value)}",
        RosterFieldType.Keys => $"{Id(field, value)} = any({field.Sql})",
        RosterFieldType.Status => $"t.ended_at is {(value is RecordStatus.Active ? "" : "not ")}null",
        RosterFieldType.Moment => Changed(with, value),
        _ => $"{field.Sql} {Sign(with)} {Value(value)}",
    };

    /// <summary>A row that changed later than a moment has something that changed later; one that did not has nothing
    /// of the kind.</summary>
    private string Changed(RosterOperator with, object value) => with switch
    {
        RosterOperator.Less => $"not {Changed(RosterOperator.GreaterOrEqual, value)}",
        RosterOperator.LessOrEqual => $"not {Changed(RosterOperator.Greater, value)}",
        RosterOperator.Equal =>
            $"({Changed(RosterOperator.GreaterOrEqual, value)} and not {Changed(RosterOperator.Greater, value)})",
        _ => $"t.id in ({table.ChangedRows.Replace("{0}", $"{Moment} {Sign(with)} {Value(value)}",
            StringComparison.Ordinal)})",
    };

    private string Contains(string sql, object value) => $"strpos(lower({sql}), lower({Value(value)})) > 0";

    private string Id(ProvidedField field, object value) =>
        Value(RosterId.Of(source, field.Collection!, (string)value));

    private static string Sign(RosterOperator with) => with switch
    {
        RosterOperator.Greater => ">",
        RosterOperator.GreaterOrEqual => ">=",
        RosterOperator.Less => "<",
        RosterOperator.LessOrEqual => "<=",
        _ => "=",
    };
}
