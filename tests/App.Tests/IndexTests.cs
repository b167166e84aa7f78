using System.Reflection;
using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.App.Tests;

/// <summary>Whatever callers may filter or sort by, in every module of this program, is the beginning of an
/// index.</summary>
public sealed class IndexTests
{
    [Fact]
    public async Task What_can_be_filtered_or_sorted_by_begins_an_index()
    {
        var services = new ServiceCollection();
        var hub = new HubBuilder(services, new ConfigurationBuilder().Build()).AddModules();
        hub.KeepKeysIn("/nowhere");
        hub.Register(_ => new("Host=nobody.connects.here"));
        await using var provider = services.BuildServiceProvider();
        var tables = provider.GetRequiredService<DocumentStore>().Options.Tables;
        var rows = tables.All.Select(table => table.Row.Assembly).Distinct().SelectMany(module => module.GetTypes())
            .Except([typeof(OutboxMessageRow), typeof(JobRow)]); // Of the store's own tables, whose indexes it knows.

        var offered = rows.SelectMany(Offered).ToList();

        Assert.NotEmpty(offered);
        Assert.Empty(offered.SelectMany(property => Missing(property, tables, hub.Lists)));
    }

    [Fact]
    public void The_rule_notices_columns_without_index()
    {
        var tables = new StoreOptions().Tables;
        tables.Add<ClubRow>("clubs.clubs", 1, table => table
            .Key(row => row.Id)
            .Index(row => row.Name, row => row.Id, where: "is_open")
            .Index(row => row.Room)
            .Index(row => row.Leader, row => row.Seats));
        var open = new RowList(typeof(OpenClubRow), typeof(ClubRow), "is_open");

        Assert.Equal(
            [
                "ClubRow.Name is sorted by, but no index of clubs.clubs begins with name and ends in the key",
                "ClubRow.Room is sorted by, but no index of clubs.clubs begins with room and ends in the key",
                "ClubRow.Seats is filtered by, but no index of clubs.clubs begins with seats",
            ],
            Offered(typeof(ClubRow)).SelectMany(property => Missing(property, tables, [open])));
        Assert.Empty(Offered(typeof(OpenClubRow)).SelectMany(property => Missing(property, tables, [open])));
        Assert.Equal(
            ["LostRow.Id has no table"],
            Offered(typeof(LostRow)).SelectMany(property => Missing(property, tables, [open])));
    }

    private static IEnumerable<PropertyInfo> Offered(Type row) => row.GetProperties().Where(property =>
        property.IsDefined(typeof(FilterableAttribute)) || property.IsDefined(typeof(SortableAttribute)));

    private static IEnumerable<string> Missing(
        PropertyInfo property, TableMaps tables, IReadOnlyList<RowList> lists)
    {
        var row = property.DeclaringType!;
        var list = lists.FirstOrDefault(list => list.Row == row);
        var name = $"{row.Name}.{property.Name}";
        if (!tables.TryFor(list?.Of ?? row, out var table))
        {
            return [$"{name} has no table"];
        }

        var column = table.Column(property.Name).Name;
        var indexes = table.Indexes
            .Where(index => index.Where is null || index.Where == list?.Where || index.Where == $"{column} is not null")
            .Select(index => index.Columns)
            .Append(table.Key)
            .Where(columns => columns[0] == column)
            .ToList();
        if (indexes.Count == 0 && property.IsDefined(typeof(FilterableAttribute)))
        {
            return [$"{name} is filtered by, but no index of {table.View} begins with {column}"];
        }

        // A page is a range of an index only if its last column tells any two rows apart.
        return property.IsDefined(typeof(SortableAttribute)) && !indexes.Exists(i => table.Key.Contains(i[^1]))
            ? [$"{name} is sorted by, but no index of {table.View} begins with {column} and ends in the key"]
            : [];
    }

    private sealed record ClubRow
    {
        [Filterable]
        public Guid Id { get; init; }

        [Sortable]
        public string Name { get; init; } = "";

        [Filterable, Sortable]
        public string Room { get; init; } = "";

        [Filterable]
        public int Seats { get; init; }

        [Filterable]
        public Guid Leader { get; init; }
    }

    private sealed record OpenClubRow
    {
        [Filterable]
        public Guid Id { get; init; }

        [Filterable, Sortable]
        public string Name { get; init; } = "";
    }

    private sealed record LostRow
    {
        [Filterable]
        public Guid Id { get; init; }
    }
}
