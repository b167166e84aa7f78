using K12Hub.EventStore;
using K12Hub.GraphQL;

[assembly: Module("ClubTypes")]

namespace K12Hub.Hosting.Tests.Clubs;

/// <summary>Clubs after school.</summary>
public static class ClubsModule
{
    internal const string Read = "clubs.read";
    internal const string Write = "clubs.write";

    /// <summary>Everything the clubs have.</summary>
    public static HubBuilder AddClubs(this HubBuilder hub) => hub
        .Permission(Read, "See the clubs and how full they are.")
        .Permission(Write, "Open clubs, rename them, fill them.")
        .Access<ClubRow>(Read)
        .Store(AddTo)
        .Schema(schema => schema.AddClubTypes());    // generated: every annotated type of this assembly

    internal static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<ClubEvent.Opened>("clubs.opened");
        store.Events.MapEventType<ClubEvent.Renamed>("clubs.renamed");
        store.Events.MapEventType<ClubEvent.Joined>("clubs.joined");
        store.Aggregates.Add<Club>("club", id => Club.Unknown with { Id = id }, Club.Evolve);
        store.Projections.Add<ClubList>(ProjectionLifecycle.Inline);
        store.Tables.Add<ClubRow>("clubs.clubs", version: 1, table => table
            .Key(row => row.Id)
            .Index(row => row.Name, row => row.Id)
            .Index(row => row.PartnerId, row => row.Name, row => row.Id)
            .FollowsStream());
    }
}
