using System.Collections.Concurrent;
using K12Hub.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace K12Hub.GraphQL.Tests.Data.OnPostgres;

/// <summary>The roll as a table: the seven of <see cref="Roll"/>, or three hundred with many ties.</summary>
public sealed class PupilsDatabase : IAsyncLifetime
{
    private const string Fill = """
        create table pupils(
            id uuid primary key, number int not null, family_name text not null, nickname text,
            grade int not null, school_id uuid, born_on date not null);
        create table many as select * from pupils;
        insert into many
        select md5(i::text)::uuid, i, 'Name' || i % 11, case when i % 3 > 0 then 'Nick' || i % 5 end,
               i % 4, case when i % 5 > 0 then md5((i % 5)::text)::uuid end, date '2010-01-01' + i % 7
        from generate_series(1, 300) i;
        """;

    private TestDatabase? database;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        await using var few = Open("pupils");
        await few.Database.ExecuteSqlRawAsync(Fill);
        few.AddRange(Roll.Pupils);
        await few.SaveChangesAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    /// <summary>The table as rows.</summary>
    internal Pupils Open(string table) => new(database!.ConnectionString, table);
}

/// <summary>One table of pupils, with a note of every statement and of every query EF Core had to compile.</summary>
internal sealed class Pupils(string connectionString, string table) : DbContext
{
    public ConcurrentQueue<string> Statements { get; } = new();

    public ConcurrentQueue<string> Compilations { get; } = new();

    public string Table => table;

    public IQueryable<Pupil> All => Set<Pupil>();

    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) => optionsBuilder
        .UseNpgsql(connectionString)
        .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
        .ReplaceService<IModelCacheKeyFactory, PerTable>()
        .LogTo((id, _) => id == RelationalEventId.CommandExecuting || id == CoreEventId.QueryCompilationStarting, Note);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var row = modelBuilder.Entity<Pupil>().ToTable(table);
        foreach (var property in row.Metadata.GetProperties())
        {
            property.SetColumnName(property.Name switch
            {
                nameof(Pupil.FamilyName) => "family_name",
                nameof(Pupil.SchoolId) => "school_id",
                nameof(Pupil.BornOn) => "born_on",
                var name => name.ToLowerInvariant(),
            });
        }
    }

    private void Note(EventData data)
    {
        if (data is CommandEventData command)
        {
            Statements.Enqueue(command.Command.CommandText.ReplaceLineEndings(" "));
        }
        else
        {
            Compilations.Enqueue(data.ToString());
        }
    }

    private sealed class PerTable : IModelCacheKeyFactory
    {
        public object Create(DbContext context, bool designTime) => (((Pupils)context).Table, designTime);
    }
}
