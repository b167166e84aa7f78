using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>The read tables of the roster with an index behind every filter and every order that the API offers.
/// Every index starts with the district and ends in the id, so that a page is a range of the index.</summary>
internal static class RosterTables
{
    /// <summary>View of <see cref="RelationRow"/>.</summary>
    public const string Relations = "roster.relations";

    /// <summary>The table behind it.</summary>
    public const string RelationRows = "roster.relations_v1";

    /// <summary>The table of <see cref="HeldChangeRow"/>.</summary>
    public const string HeldRows = "roster.held_changes_v1";

    /// <summary>The table of <see cref="SyncRunRow"/>.</summary>
    public const string RunRows = "roster.sync_runs_v1";

    /// <summary>The table of <see cref="SyncProgressRow"/>.</summary>
    public const string ProgressRows = "roster.sync_progress_v1";

    /// <summary>The table of <see cref="SyncPackageRow"/>.</summary>
    public const string PackageRows = "roster.sync_packages_v1";

    /// <summary>The table of <see cref="SupplementMappingRow"/>.</summary>
    public const string MappingRows = "roster.supplement_mappings_v1";

    /// <summary>The table of <see cref="ProviderTokenRow"/>.</summary>
    public const string TokenRows = "roster.provider_tokens_v1";

    /// <summary>The table of <see cref="DirectoryKeyRow"/>.</summary>
    public const string DirectoryKeyRows = "roster.directory_keys_v1";

    /// <summary>The table of <see cref="MatchRow"/>.</summary>
    public const string MatchRows = "roster.person_matches_v1";

    /// <summary>The table of <see cref="PersonLinkRow"/>.</summary>
    public const string LinkRows = "roster.person_links_v1";

    /// <summary>The table of <see cref="OverrideRow"/>.</summary>
    public const string OverrideRows = "roster.field_overrides_v1";

    /// <summary>The table of <see cref="LegalHoldRow"/>.</summary>
    public const string HoldRows = "roster.legal_holds_v1";

    /// <summary>The table of <see cref="AmendmentRow"/>.</summary>
    public const string AmendmentRows = "roster.amendments_v1";

    /// <summary>The table of <see cref="AlertRow"/>.</summary>
    public const string AlertRows = "roster.alerts_v1";

    /// <summary>Adds them to a store.</summary>
    public static void AddTo(TableMaps tables)
    {
        Places(tables);
        Teaching(tables);
        Add<PersonRow>(tables, RosterKinds.Users, People);
        PartsOfPeople(tables);
        PeopleTables.AddTo(tables);
        Runs(tables);
        History(tables);
    }

    private static void Places(TableMaps tables)
    {
        Add<OrganizationRow>(tables, RosterKinds.Orgs, t => t
            .Key(x => x.Id)
            .Index(x => x.Name, x => x.Id)
            .Index(x => x.Type, x => x.Name, x => x.Id)
            .Index(x => x.ParentId, x => x.Name, x => x.Id)
            .Index(x => x.Identifier)
            .Index(x => x.SourcedId));

        Add<AcademicSessionRow>(tables, RosterKinds.AcademicSessions, t => t
            .Key(x => x.Id)
            .Index(x => x.StartDate, x => x.Id)
            .Index(x => x.SchoolYear, x => x.StartDate, x => x.Id)
            .Index(x => x.Type, x => x.StartDate, x => x.Id)
            .Index(x => x.ParentId, x => x.StartDate, x => x.Id)
            .Index(x => x.SourcedId));
    }

    private static void Teaching(TableMaps tables)
    {
        Add<CourseRow>(tables, RosterKinds.Courses, t => t
            .Key(x => x.Id)
            .Index(x => x.Title, x => x.Id)
            .Index(x => x.CourseCode, x => x.Id)
            .Index(x => x.OrganizationId, x => x.Title, x => x.Id)
            .Index(x => x.SourcedId));

        Add<ClassRow>(tables, RosterKinds.Classes, t => t
            .Key(x => x.Id)
            .Index(x => x.Title, x => x.Id)
            .Index(x => x.SchoolId, x => x.Title, x => x.Id)
            .Index(x => x.CourseId, x => x.Title, x => x.Id)
            .Index(x => x.ClassCode, x => x.Id)
            .Index(x => x.SourcedId));
    }

    private static void PartsOfPeople(TableMaps tables)
    {
        Add<RoleAssignmentRow>(tables, RosterKinds.Roles, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId, x => x.Id)
            .Index(x => x.OrganizationId, x => x.Role, x => x.PersonId));

        Add<EnrollmentRow>(tables, RosterKinds.Enrollments, t => t
            .Key(x => x.Id)
            .Index(x => x.ClassId, x => x.Role, x => x.Id)
            .Index(x => x.PersonId, x => x.Id));

        Add<DemographicsRow>(tables, RosterKinds.Demographics, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId)
            .Index(x => x.BirthDate, x => x.Id));

        Add<MissingPersonRow>(tables, RosterKinds.MissingUsers, t => t
            .Key(x => x.Id)
            .Index(x => x.PersonId));

        tables.Add<RelationRow>(Relations, 1, t => t
            .Key(x => x.StudentId, x => x.GuardianId)
            .Index(x => x.GuardianId, x => x.StudentId));
    }

    private static void Add<TRow>(TableMaps tables, RosterKind kind, Action<TableBuilder<TRow>> shape)
        where TRow : IRosterRow => tables.Add(kind.View, kind.Version, shape);

    private static void People(TableBuilder<PersonRow> t)
    {
        t.Key(x => x.Id);
        foreach (var list in (string[])["is_student", "is_staff", "is_guardian"])
        {
            t.Index(x => x.FamilyName, x => x.GivenName, x => x.Id, where: list);
        }

        foreach (var list in (string[])["is_student", "is_staff"])
        {
            t.Index(x => x.SchoolId, x => x.FamilyName, x => x.GivenName, x => x.Id, where: list);
        }

        t.Index(x => x.Grade, x => x.FamilyName, x => x.GivenName, x => x.Id, where: "is_student")
            .Index(x => x.Identifier, where: "identifier is not null")
            .Index(x => x.Email, where: "email is not null")
            .Index(x => x.SourcedId);
    }

    private static void Runs(TableMaps tables)
    {
        tables.Add<SyncRunRow>("roster.sync_runs", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.StartedAt, x => x.Id));
        tables.Add<SyncCountRow>("roster.sync_counts", 1, t => t.Key(x => x.RunId, x => x.Collection));
        tables.Add<SyncFindingRow>("roster.sync_findings", 1, t => t.Key(x => x.RunId, x => x.Number));
        tables.Add<SyncChangeRow>("roster.sync_changes", 1, t => t.Key(x => x.RunId, x => x.Number));
        tables.Add<SyncDecisionRow>("roster.sync_decisions", 1, t => t.Key(x => x.RunId, x => x.Status));
        tables.Add<SyncProgressRow>("roster.sync_progress", 1, t => t.Key(x => x.Source));
        tables.Add<SyncPackageRow>("roster.sync_packages", 1, t => t.Key(x => x.Source, x => x.Checksum));
        tables.Add<ProviderTokenRow>("roster.provider_tokens", 1, t => t.Key(x => x.Hash));
        tables.Add<DirectoryKeyRow>("roster.directory_keys", 1, t => t.Key(x => x.Client));
        tables.Add<HeldChangeRow>("roster.held_changes", 1, t => t
            .Key(x => x.RunId, x => x.Collection, x => x.RecordId));
    }

    private static void History(TableMaps tables)
    {
        tables.Add<SpanRow>("roster.spans", 1, t => t
            .Key(x => x.RecordId, x => x.Version)
            .Index(x => x.RunId)
            .Index(x => x.ClosedBy, where: "closed_by is not null")
            .Index(x => x.PersonId, x => x.Kind, x => x.FromPosition, where: "person_id is not null")
            .Index(x => x.ClassId, x => x.RecordId, where: "class_id is not null")
            .Index(x => x.PlaceId, x => x.Kind, x => x.Role, x => x.RecordId, where: "kind = 'role' or kind = 'class'")
            .Index(x => x.Kind, x => x.RecordId, where: "kind = 'org' or kind = 'session'"));
        tables.Add<HistoryRunRow>("roster.history_runs", 1, t => t
            .Key(x => x.RunId)
            .Index(x => x.At, x => x.Position));
        tables.Add<MovementRow>("roster.movements", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.IsBaseline, x => x.MovedOn, x => x.Id)
            .Index(x => x.MovedOn, x => x.Id)
            .Index(x => x.Kind, x => x.MovedOn, x => x.Id)
            .Index(x => x.PersonId, x => x.MovedOn, x => x.Id)
            .Index(x => x.FromSchoolId, x => x.MovedOn, x => x.Id)
            .Index(x => x.ToSchoolId, x => x.MovedOn, x => x.Id));
    }
}
