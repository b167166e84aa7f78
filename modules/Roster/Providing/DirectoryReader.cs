using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Hands directory information on, and nothing else of students: what the district named, less what families
/// opted out of. Who works in the district, guardians and enrollments are not there.</summary>
internal sealed class DirectoryReader(RosterReader roster, DirectoryTerms terms, DirectoryKey key) : IRosterReader
{
    private readonly ProvidedDirectory tables = new(terms, key);

    public IReadOnlyList<RosterField> FieldsOf(RosterList list) => TableOf(list) is { } table
        ? [.. table.All.Select(field => field.Field.Name == RosterField.SourcedId ? Key : field.Field)]
        : roster.FieldsOf(list);

    public Task<IRosterReader> OfDirectoryAsync(string client, string party, CancellationToken ct) =>
        Task.FromResult<IRosterReader>(this);

    // Which of it goes out, the district's categories say.
    public IRosterReader WithoutContact() => this;

    public async Task<IRosterPage?> OpenAsync(RosterQuestion question, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (TableOf(question.List) is not { } table) return await roster.OpenAsync(question, ct);

        var page = await roster.OpenAsync(
            question with
            {
                Conditions = [.. question.Conditions.Select(Shown)],
                After = question.After is { } mark ? mark with { Last = key.ShowId(mark.Last) } : null,
            },
            table, ct);
        return page is null ? null : new HiddenPage(page, key);
    }

    public RosterPerson? PersonOf(string source, RosterRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record is UserRecord or DemographicsRecord ? new(key.Show(record.SourcedId), IsStudent: true) : null;
    }

    public Task<RosterRecord?> FindAsync(string source, RosterList list, string sourcedId, CancellationToken ct) =>
        TableOf(list) is { } table
            ? roster.FindAsync(source, list, key.Show(sourcedId), table, ct)
            : roster.FindAsync(source, list, sourcedId, ct);

    // Keys tell nothing by their order, and are compared as a whole.
    private static RosterField Key { get; } = new(RosterField.SourcedId, RosterFieldType.Key, CanSort: true);

    /// <summary>The table of a list of people; null for a list that tells of nobody.</summary>
    private ProvidedTable? TableOf(RosterList list) => list switch
    {
        RosterList.Users or RosterList.Students => tables.Students,
        RosterList.Demographics => tables.Demographics,
        RosterList.Teachers or RosterList.Enrollments =>
            throw new ArgumentException($"{list} are no directory information."),
        _ => null,
    };

    private RosterCondition Shown(RosterCondition condition) => condition.Field == RosterField.SourcedId
        ? condition with { Value = key.Show((string)condition.Value).ToString() }
        : condition;

    /// <summary>A page whose mark tells nobody an id.</summary>
    private sealed class HiddenPage(IRosterPage page, DirectoryKey key) : IRosterPage
    {
        public int Total => page.Total;

        public RosterMark? Mark => page.Mark is { } mark ? mark with { Last = key.HideId(mark.Last) } : null;

        public IAsyncEnumerable<RosterRecord> Records(CancellationToken ct) => page.Records(ct);

        public ValueTask DisposeAsync() => page.DisposeAsync();
    }
}
