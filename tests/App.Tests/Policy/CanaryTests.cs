using System.Diagnostics.Metrics;
using K12Hub.App.Tests.Tenancy;
using K12Hub.EventStore;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests.Policy;

/// <summary>A word stands in all personal data of another district, and of the other schools. Whoever reaches one
/// school asks everything there is, with the ids of others: the word is in no answer, error, header, log or label of
/// a metric.</summary>
public sealed class CanaryTests
{
    private const string Canary = "zqcanary";

    [Fact]
    public async Task What_is_personal_to_others_is_in_no_answer_error_header_log_or_label()
    {
        await using var server = await PolicyServer.StartAsync();
        var (foreign, seeded) = await SeedAsync(server);
        var heard = new List<string>();
        var asked = 0;
        using var labels = LabelsInto(heard);
        server.Heard = answer =>
        {
            if (IsTold(answer)) heard.Add(answer);
        };

        foreach (var role in (Role[])[Roles.SchoolAdministrator, Roles.Family, Roles.Anonymous])
        {
            foreach (var document in Documents(server, role, foreign))
            {
                await server.AskAsync(role.Name, document);
                asked++;
                if (heard.Count > 0) heard[^1] = $"{role.Name} {document}\n{heard[^1]}";
                Assert.Empty(heard);
            }
        }

        lock (server.Log.Written) heard.AddRange(server.Log.Written.Where(IsTold));
        Assert.Empty(heard);
        Assert.True(seeded > 1_000 && asked > 1_000, $"{seeded} rows, {asked} questions");

        // And whoever may see it does, so that the word is where it would be found.
        server.Heard = answer => heard.Add(answer);
        await server.AskAsync(
            Roles.DistrictAdministrator.Name, "{ students(last: 100) { nodes { givenName familyName email } } }");
        Assert.Contains(Canary, heard[^1], StringComparison.Ordinal);
    }

    private static bool IsTold(string text) => text.Contains(Canary, StringComparison.OrdinalIgnoreCase)
        || text.Contains(PolicyServer.Elsewhere, StringComparison.Ordinal);

    /// <summary>Puts the word into all personal text of the second district, and of what belongs to other schools of
    /// the first.</summary>
    /// <returns>An id of each type of either, and how many rows have the word.</returns>
    private static async Task<(List<string> Ids, int Rows)> SeedAsync(PolicyServer server)
    {
        var tables = server.Services.GetRequiredService<DocumentStore>().Options.Tables.All
            .Select(table => (table.Table, Columns: table.Columns
                .Where(column => column.Personal is not null && column.PgType == "text").ToList()))
            .Where(table => table.Columns.Count > 0).ToList();
        var (ids, rows) = (new List<string>(), 0);
        var (near, far) = (new HashSet<object>(), new Dictionary<string, List<Guid>>());
        foreach (var (type, (sql, from)) in Owners.Of)
        {
            foreach (var row in await server.RowsAsync(sql))
            {
                var isNear = ((Guid[])row[1]!).Contains(server.School) || ((Guid[])row[2]!).Any(server.Family.Contains);
                if (isNear) near.Add(row[0]!);
                else if (row[0] is Guid id) Of(far, from.Split(' ')[0]).Add(id);
                if (!isNear && !Owners.Open.Contains(type) && ids.All(one => NodeId.Split(one).Type != type))
                {
                    ids.Add(NodeId.Encode(type, row[0]!)!);
                }
            }
        }

        foreach (var (table, columns) in tables)
        {
            var set = string.Join(", ", columns.Select(column =>
                $"{column.Name} = '{Canary}' || left(md5(ctid::text || '{column.Name}'), 10)"));
            var name = table;
            var others = Of(far, name).Where(id => !near.Contains(id)).Distinct().Select(id => $"'{id}'");
            var where = $"tenant_id = 2{(others.Any() ? $" or id in ({string.Join(',', others)})" : "")}";
            var done = await server.RowsAsync(
                $"with done as (update {name} set {set} where {where} returning 1) select count(*) from done");
            rows += (int)(long)done[0][0]!;
        }

        return (ids, rows);
    }

    private static List<Guid> Of(Dictionary<string, List<Guid>> far, string table) =>
        far.TryGetValue(table, out var known) ? known : far[table] = [];

    private static IEnumerable<string> Documents(PolicyServer server, Role role, List<string> foreign)
    {
        var listings = server.Schema.QueryType.Fields.Select(IdPlaces.Listing).OfType<string>();
        return role == Roles.SchoolAdministrator
            ? listings.Concat(IdPlaces.Of(server.Schema).SelectMany(place => foreign.Select(place.Document)))
            : listings.Concat(foreign.Select(id => $"{{ node(id: \"{id}\") {{ id __typename }} }}"));
    }

    private static MeterListener LabelsInto(List<string> heard)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) => listening.EnableMeasurementEvents(instrument),
        };
        listener.SetMeasurementEventCallback<long>((_, _, labels, _) => Look(labels));
        listener.SetMeasurementEventCallback<int>((_, _, labels, _) => Look(labels));
        listener.SetMeasurementEventCallback<double>((_, _, labels, _) => Look(labels));
        listener.Start();
        return listener;

        void Look(ReadOnlySpan<KeyValuePair<string, object?>> labels)
        {
            foreach (var label in labels)
            {
                if (label.Value is { } value && IsTold($"{value}")) lock (heard) heard.Add($"{label.Key}={value}");
            }
        }
    }
}
