using System.Reflection;
using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster.Tests;

public sealed class IndexTests
{
    private static readonly Dictionary<Type, Type> TableOfList = new()
    {
        [typeof(SchoolRow)] = typeof(OrganizationRow),
        [typeof(StudentRow)] = typeof(PersonRow),
        [typeof(StaffMemberRow)] = typeof(PersonRow),
        [typeof(GuardianRow)] = typeof(PersonRow),
    };

    public static TheoryData<string> Columns => new(typeof(RosterModule).Assembly.GetTypes()
        .SelectMany(row => row.GetProperties())
        .Where(Offered<FilterableAttribute>).Concat(typeof(RosterModule).Assembly.GetTypes()
            .SelectMany(row => row.GetProperties()).Where(Offered<SortableAttribute>))
        .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").Distinct()
        .Select(name => new TheoryDataRow<string>(name)));

    [Theory]
    [MemberData(nameof(Columns))]
    public void What_can_be_filtered_or_sorted_has_an_index(string column)
    {
        var row = typeof(RosterModule).Assembly.GetType($"K12Hub.Roster.{column.Split('.')[0]}", throwOnError: true)!;
        var options = new StoreOptions();
        RosterTables.AddTo(options.Tables);
        Assert.True(options.Tables.TryFor(TableOfList.GetValueOrDefault(row, row), out var table));
        var name = table.Column(column.Split('.')[1]).Name;
        Assert.Contains(name, table.Indexes.Select(index => index.Columns[0]).Append(table.Key[0]));
    }

    private static bool Offered<TAttribute>(PropertyInfo property)
        where TAttribute : Attribute => property.IsDefined(typeof(TAttribute));
}
