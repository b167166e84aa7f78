using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Hands the roster on as it came. What is read is the viewer's district: the database shows no other.
/// </summary>
internal sealed class RosterReader(DocumentStore store, ViewerScope viewer, DirectoryKeys keys, TimeProvider time)
    : IRosterReader
{
    private bool HasNoContact { get; init; }

    public IReadOnlyList<RosterField> FieldsOf(RosterList list) => [.. TableOf(list).All.Select(field => field.Field)];

    public IRosterReader WithoutContact() => new RosterReader(store, viewer, keys, time) { HasNoContact = true };

    public async Task<IRosterReader> OfDirectoryAsync(string client, string party, CancellationToken ct) =>
        new DirectoryReader(
            this, await DirectoryTerms.ReadAsync(store, viewer.District, party, time, ct),
            await keys.OfAsync(viewer.District, client, ct));

    public Task<IRosterPage?> OpenAsync(RosterQuestion question, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(question);
        return OpenAsync(question, TableOf(question.List), ct);
    }

    /// <summary>The same, from a table.</summary>
    public async Task<IRosterPage?> OpenAsync(RosterQuestion question, ProvidedTable table, CancellationToken ct)
    {
        var batch = ProvidedStatements.OfPage(store, viewer.District, question, table);
        var rows = await ExecuteAsync(batch, ct);
        await rows.ReadAsync(ct);
        var (hasOwners, hasMark, total) = (rows.GetBoolean(0), rows.GetBoolean(1), rows.GetInt32(2));
        if (hasOwners && hasMark)
        {
            var end = rows.IsDBNull(3) ? (Guid?)null : rows.GetGuid(3);
            await rows.NextResultAsync(ct);
            return new ProvidedPage(batch, rows, table, total, end);
        }

        await rows.DisposeAsync();
        await batch.DisposeAsync();
        // The record the mark was at may have been withdrawn since: then it is counted off after all.
        return hasOwners ? await OpenAsync(question with { After = null }, table, ct) : null;
    }

    public RosterPerson? PersonOf(string source, RosterRecord record) => record switch
    {
        UserRecord user => new(IdOf(source, user.SourcedId), user.Roles.Any(role => role.Role == "student")),
        EnrollmentRecord enrolled => new(IdOf(source, enrolled.UserSourcedId), enrolled.Role == "student"),
        DemographicsRecord => new(IdOf(source, record.SourcedId), true),
        _ => null,
    };

    public Task<RosterRecord?> FindAsync(string source, RosterList list, string sourcedId, CancellationToken ct)
    {
        var table = TableOf(list);
        return FindAsync(source, list, RosterId.Of(source, table.Kind.Collection, sourcedId), table, ct);
    }

    /// <summary>The same, from a table, by what the table's rows are asked for by.</summary>
    public async Task<RosterRecord?> FindAsync(
        string source, RosterList list, Guid id, ProvidedTable table, CancellationToken ct)
    {
        await using var batch = ProvidedStatements.OfOne(store, viewer.District, source, list, id, table);
        await using var rows = await ExecuteAsync(batch, ct);
        var row = new StagedReader(rows);
        if (!await row.ReadAsync(ct)) return null;

        row.Id();
        return ProvidedPage.Record(row, table);
    }

    private ProvidedTable TableOf(RosterList list)
    {
        var table = ProvidedLists.TableOf(list);
        return HasNoContact && table == ProvidedPeople.Users ? ProvidedPeople.UsersWithoutContact : table;
    }

    private static Guid IdOf(string source, string sourcedId) =>
        RosterId.Of(source, RosterCollections.Users, sourcedId);

    private static async Task<NpgsqlDataReader> ExecuteAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        try
        {
            var rows = await batch.ReadAsync(ct);
            await rows.NextResultAsync(ct);
            return rows;
        }
        catch
        {
            await batch.DisposeAsync();
            throw;
        }
    }
}
