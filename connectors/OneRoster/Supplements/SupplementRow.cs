using System.Globalization;
using System.Text;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Supplements;

/// <summary>Makes records of the rows of a supplementary file.</summary>
/// <remarks>A cell about a person that cannot be read says nothing: what is known stays. A row that limits who may do
/// what is left out as a whole when one of its cells cannot be read, and told: half of a restriction may be
/// none.</remarks>
internal sealed class SupplementRow(SupplementColumns columns, SupplementMapping mapping)
{
    private readonly Dictionary<string, Dictionary<string, string>> words = mapping.Columns
        .GroupBy(column => column.Field, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(
            field => field.Key,
            field => field.SelectMany(column => column.Words)
                .GroupBy(word => word.Word, StringComparer.OrdinalIgnoreCase)
                .ToDictionary(same => same.Key, same => same.First().Means, StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> unread = [];

    public bool IsPair(Row row) => row.Id(columns.Guardian) is not null;

    public SupplementRecord? Person(Row row)
    {
        unread.Clear();
        Misplaced(row, columns.OfPair, "a row without guardianSourcedId");
        var record = new SupplementRecord
        {
            SourcedId = row.OwnId(columns.SourcedId),
            Line = row.Line,
            Status = columns.Base.StatusOf(row),
            DateLastModified = row.Moment(columns.Base.DateLastModified),
            HomeLanguage = Language(row, columns.HomeLanguage),
            ContactLanguage = Language(row, columns.ContactLanguage),
            InterpreterNeeded = Flag(row, columns.InterpreterNeeded, weighs: false),
            ExitReason = Text(row, columns.ExitReason),
            ExitDestination = Text(row, columns.ExitDestination),
            FundingCategory = Text(row, columns.FundingCategory),
            Households = row.List(columns.Households, ListForm.Keys),
            Sent = Sent(row, columns.OfPerson),
        };
        return row.Rejected ? null : record;
    }

    public GuardianshipRecord? Pair(Row row)
    {
        unread.Clear();
        Misplaced(row, columns.OfPerson, "a row with guardianSourcedId");
        var (student, guardian) = (row.OwnId(columns.SourcedId), row.RequiredId(columns.Guardian));
        var record = new GuardianshipRecord
        {
            // No key holds this character.
            SourcedId = $"{student}\u001F{guardian}",
            Line = row.Line,
            Status = columns.Base.StatusOf(row),
            DateLastModified = row.Moment(columns.Base.DateLastModified),
            StudentSourcedId = student,
            GuardianSourcedId = guardian,
            Relation = Relation(row),
            LivesWith = Flag(row, columns.LivesWith, weighs: true),
            MayContact = Flag(row, columns.MayContact, weighs: true),
            MayPickUp = Flag(row, columns.MayPickUp, weighs: true),
            MayReceiveRecords = Flag(row, columns.MayReceiveRecords, weighs: true),
            Custody = Text(row, columns.Custody),
            ContactPriority = Number(row, columns.ContactPriority),
            Sent = Sent(row, columns.OfPair),
        };
        return row.Rejected ? null : record;
    }

    private HashSet<string> Sent(Row row, IReadOnlyList<Column> all) =>
        [.. all.Where(column => row.Has(column) && !unread.Contains(column.Name))
            .Select(SupplementColumns.PropertyOf)];

    private static void Misplaced(Row row, IReadOnlyList<Column> all, string where)
    {
        foreach (var column in all.Where(column => row.LongText(column) is not null))
        {
            row.Warn(OneRosterRules.CellMisplaced, $"{column.Name} says nothing in {where}; it is not read.", column);
        }
    }

    /// <summary>A cell in our words.</summary>
    private string? Text(Row row, Column column) => row.Text(column) is not { } text ? null
        : words.GetValueOrDefault(column.Name)?.GetValueOrDefault(text) ?? text;

    private string? Language(Row row, Column column)
    {
        if (Text(row, column) is not { } text) return null;
        if (LanguageTag.Find(text) is { } tag) return tag;
        Drop(row, column,
            $"{column.Name} is no language such as es, spa or zh-Hant; what is known stays. Map the word.");
        return null;
    }

    private bool? Flag(Row row, Column column, bool weighs)
    {
        if (Text(row, column) is not { } text) return null;
        if (Flags.TryParse(Encoding.UTF8.GetBytes(text), out var flag)) return flag;
        if (weighs)
        {
            row.Reject(OneRosterRules.ValueUnknown, $"{column.Name} is neither true nor false.", column);
        }
        else
        {
            Drop(row, column, $"{column.Name} is neither true nor false; what is known stays.");
        }

        return null;
    }

    private string? Relation(Row row)
    {
        if (Text(row, columns.Relation) is not { } text) return null;
        if (SupplementColumns.Relations.Find(text) is { } known) return known;
        Drop(row, columns.Relation,
            $"relation is none of {SupplementColumns.Relations}; what is known stays. Map the word.");
        return null;
    }

    private int Number(Row row, Column column)
    {
        if (Text(row, column) is not { } text) return 0;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number is > 0 and < 100)
        {
            return number;
        }

        Drop(row, column, $"{column.Name} is no number from 1 to 99; what is known stays.");
        return 0;
    }

    private void Drop(Row row, Column column, string message)
    {
        unread.Add(column.Name);
        row.Warn(OneRosterRules.ValueDropped, message, column);
    }
}
