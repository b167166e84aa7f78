using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>The read tables of what a district knows of people besides what rosters say, with their indexes.</summary>
internal static class PeopleTables
{
    /// <summary>Adds them to a store.</summary>
    public static void AddTo(TableMaps tables)
    {
        tables.Add<SupplementMappingRow>("roster.supplement_mappings", 1, t => t.Key(x => x.Source, x => x.Version));

        tables.Add<SupplementRow>(RosterKinds.Supplements.View, RosterKinds.Supplements.Version, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId));

        tables.Add<GuardianshipRow>(RosterKinds.Guardianships.View, RosterKinds.Guardianships.Version, t => t
            .Key(x => x.Id)
            .Index(x => x.StudentId, x => x.GuardianId)
            .Index(x => x.GuardianId, x => x.StudentId));

        tables.Add<MatchRow>("roster.person_matches", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.State, x => x.Score, x => x.Id)
            .Index(x => x.Score, x => x.Id)
            .Index(x => x.Rule, x => x.Id)
            .Index(x => x.FirstId, x => x.Id)
            .Index(x => x.SecondId, x => x.Id));

        tables.Add<PersonLinkRow>("roster.person_links", 1, t => t
            .Key(x => x.RecordId)
            .Index(x => x.PersonId, x => x.RecordId));

        tables.Add<OverrideRow>("roster.field_overrides", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId, x => x.Id)
            .Index(x => x.Field, x => x.Id)
            .Index(x => x.Until, x => x.Id)
            .Index(x => x.OverriddenAt, x => x.Id));
    }
}
