using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Hands the roster on as it came. What is read is the viewer's district: the database shows no other.
/// </summary>
internal sealed class RosterReader(DocumentStore store, ViewerScope viewer) : IRosterReader
{
    public IReadOnlyList<RosterField> FieldsOf(RosterList list) =>
        [.. ProvidedLists.TableOf(list).All.Select(field => field.Field)];

    public async Task<IRosterPage?> OpenAsync(RosterQuestion question, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(question);
        var batch = ProvidedStatements.OfPage(store, viewer.District, question);
        var rows = await ExecuteAsync(batch, ct);
        await rows.ReadAsync(ct);
        var (hasOwners, hasMark, total) = (rows.GetBoolean(0), rows.GetBoolean(1), rows.GetInt32(2));
        if (hasOwners && hasMark)
        {
            var end = rows.IsDBNull(3) ? (Guid?)null : rows.GetGuid(3);
            await rows.NextResultAsync(ct);
            return new ProvidedPage(batch, rows, ProvidedLists.TableOf(question.List), total, end);
        }

        await rows.DisposeAsync();
        await batch.DisposeAsync();
        // The record the mark was at may have been withdrawn since: then it is counted off after all.
        return hasOwners ? await OpenAsync(question with { After = null }, ct) : null;
    }

    public RosterPerson? PersonOf(string source, RosterRecord record) => record switch
    {
        UserRecord user => new(IdOf(source, user.SourcedId), user.Roles.Any(role => role.Role == "student")),
        EnrollmentRecord enrolled => new(IdOf(source, enrolled.UserSourcedId), enrolled.Role == "student"),
        DemographicsRecord => new(IdOf(source, record.SourcedId), true),
        _ => null,
    };

    public async Task<RosterRecord?> FindAsync(
        string source, RosterList list, string sourcedId, CancellationToken ct)
    {
        await using var batch = ProvidedStatements.OfOne(store, viewer.District, source, list, sourcedId);
        await using var rows = await ExecuteAsync(batch, ct);
        var row = new StagedReader(rows);
        if (!await row.ReadAsync(ct)) return null;

        row.Id();
        return ProvidedPage.Record(row, ProvidedLists.TableOf(list));
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
