using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using K12Hub.EventStore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata.Conventions;

namespace K12Hub.Hosting;

/// <summary>Makes EF Core's model from the store's read tables, so that both mean the same columns.</summary>
public static class RowsModel
{
    private const string Tenant = "TenantId";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The finished model of all tables, and of the lists made of them.</summary>
    public static IModel Of(TableMaps tables, IEnumerable<RowList>? lists = null) => Of(tables, lists ?? [], null);

    /// <summary>The same, for viewers who see some rows only.</summary>
    internal static IModel Of(TableMaps tables, IEnumerable<RowList> lists, RowConditions? conditions)
    {
        ArgumentNullException.ThrowIfNull(tables);
        var model = NpgsqlConventionSetBuilder.CreateModelBuilder();
        foreach (var table in tables.All.Concat(tables.Views))
        {
            model.MapRows(table);
        }

        foreach (var list in lists)
        {
            model.MapList(list, tables.All.Single(table => table.Row == list.Of));
        }

        foreach (var row in model.Model.GetEntityTypes().ToList())
        {
            row.SetQueryFilter(Filter(row.ClrType, conditions));
        }

        return model.FinalizeModel();
    }

    /// <summary>Maps a row record to the view of its table, filtered by district and never tracked.</summary>
    public static void MapRows(this ModelBuilder model, TableMap table)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(table);
        var row = model.Entity(table.Row);
        row.ToView(table.View[(table.Schema.Length + 1)..], table.Schema);
        Map(row, [.. table.Columns]);
        row.HasKey([Tenant, .. table.Key.Select(name => table.Columns.First(c => c.Name == name).Property)]);
    }

    /// <summary>Maps a row record that has some columns of some rows of a table. The table's indexes serve it, also
    /// those of the rows with this condition only.</summary>
    public static void MapList(this ModelBuilder model, RowList list, TableMap table)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(table);
        var row = model.Entity(list.Row);
        var columns = table.Columns.Where(c => list.Row.GetProperty(c.Property) is not null).ToList();
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        row.ToSqlQuery($"select {TableMap.TenantColumn}, {names} from {table.View} where {list.Where}");
        Map(row, columns);
        row.HasKey([Tenant, .. table.Key.Select(name => table.Columns.First(c => c.Name == name).Property)]);
    }

    private static void Map(EntityTypeBuilder row, List<TableColumn> columns)
    {
        var type = row.Metadata.ClrType;
        row.Property<short>(Tenant).HasColumnName(TableMap.TenantColumn);
        foreach (var column in columns)
        {
            Map(row, type.GetProperty(column.Property)!, column);
        }

        foreach (var unmapped in type.GetProperties().Where(p => columns.All(c => c.Property != p.Name)))
        {
            row.Ignore(unmapped.Name);
        }

        row.HasQueryFilter(Filter(type, null));
    }

    private static void Map(EntityTypeBuilder row, PropertyInfo property, TableColumn column)
    {
        var mapped = row.Property(property.PropertyType, property.Name)
            .HasColumnName(column.Name).HasColumnType(column.PgType).IsRequired(!column.Nullable);
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (column.PgType == "jsonb")
        {
            var conversion = typeof(JsonConversion<>).MakeGenericType(type);
            mapped.HasConversion((ValueConverter)Activator.CreateInstance(conversion)!);
        }
        else if (type.IsEnum)
        {
            mapped.HasConversion<string>();
        }
    }

    // row => EF.Property<short>(row, "TenantId") == context.Tenant, and what conditions say besides. EF puts the
    // context of the query at hand in place of any expression of its type.
    private static LambdaExpression Filter(Type rowType, RowConditions? conditions)
    {
        var row = Expression.Parameter(rowType, "row");
        var tenant = Expression.Call(
            typeof(EF), nameof(EF.Property), [typeof(short)], row, Expression.Constant(Tenant));
        var own = Expression.Property(Expression.Constant(null, typeof(RowsContext)), nameof(RowsContext.Tenant));
        Expression filter = Expression.Equal(tenant, own);
        return Expression.Lambda(
            conditions?.Of(rowType, row) is { } more ? Expression.AndAlso(filter, more) : filter, row);
    }

    private sealed class JsonConversion<T>() : ValueConverter<T, string>(
        value => JsonSerializer.Serialize(value, Json), text => JsonSerializer.Deserialize<T>(text, Json)!);
}
