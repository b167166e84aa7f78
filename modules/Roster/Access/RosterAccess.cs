using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Who sees which rows of the roster: whose a row is, for those who reach some schools, or themselves and
/// their own children. A student belongs to the main school.</summary>
internal static class RosterAccess
{
    private const string Read = RosterPermissions.Read;
    private static readonly string[] Contact =
        [nameof(ContactRow.Email), nameof(ContactRow.Sms), nameof(ContactRow.Phone)];

    private const string Runs = RosterPermissions.ReadRuns;

    public static HubBuilder AddRosterAccess(this HubBuilder hub) =>
        hub.AddPlaces().AddPeople().AddWhatIsKnownOfPeople().AddFieldGroups().AddHistory().AddMachinery();

    private static HubBuilder AddPlaces(this HubBuilder hub) => hub
        .Access<OrganizationRow>(Read, row => row.OpenToDistrict())
        .Access<SchoolRow>(Read, row => row.OpenToDistrict())
        .Access<AcademicSessionRow>(Read, row => row.OpenToDistrict())
        .Access<CourseRow>(Read, row => row.OpenToDistrict())
        .Access<ClassRow>(Read, row => row
            .AtSchool(x => x.SchoolId)
            .AboutPeopleOf<EnrollmentRow>(x => x.Id, enrollment => enrollment.ClassId));

    private static HubBuilder AddPeople(this HubBuilder hub) => hub
        .Access<PersonRow>(Read, row => row
            .AtSchool(x => x.SchoolId)
            .AtSchoolOf<RelationRow>(x => x.Id, relation => relation.GuardianId)
            .AboutPeople(x => x.Id))
        .Access<StudentRow>(Read, row => row.AtSchool(x => x.SchoolId).AboutPeople(x => x.Id))
        .Access<StaffMemberRow>(Read, row => row.AtSchool(x => x.SchoolId).AboutPeople(x => x.Id))
        .Access<GuardianRow>(Read, row => row
            .AtSchoolOf<RelationRow>(x => x.Id, relation => relation.GuardianId)
            .AboutPeople(x => x.Id))
        // Of two who bring up one child, neither sees the other: both have to be one's own.
        .Access<RelationRow>(Read, row => row
            .AtSchoolOf<StudentRow>(x => x.StudentId, student => student.Id)
            .AboutPeople(x => x.StudentId, x => x.GuardianId))
        .Access<RoleAssignmentRow>(Read, row => row.AtSchool(x => x.OrganizationId).AboutPeople(x => x.PersonId))
        .Access<EnrollmentRow>(Read, row => row.AtSchool(x => x.SchoolId).AboutPeople(x => x.PersonId));

    private static HubBuilder AddWhatIsKnownOfPeople(this HubBuilder hub) => hub
        .Access<DemographicsRow>(RosterPermissions.ReadDemographics, row => row
            .AtSchoolOf<StudentRow>(x => x.PersonId, student => student.Id)
            .AboutPeople(x => x.PersonId))
        .Access<MissingPersonRow>(Read, row => row
            .AtSchoolOf<PersonRow>(x => x.PersonId, person => person.Id)
            .AboutPeople(x => x.PersonId))
        .Access<SupplementRow>(Read, row => row
            .AtSchoolOf<PersonRow>(x => x.PersonId, person => person.Id)
            .AboutPeople(x => x.PersonId))
        .Access<GuardianshipRow>(Read, row => row
            .AtSchoolOf<StudentRow>(x => x.StudentId, student => student.Id)
            .AboutPeople(x => x.StudentId, x => x.GuardianId))
        .Access<PersonLinkRow>(Read, row => row
            .AtSchoolOf<PersonRow>(x => x.RecordId, person => person.Id)
            .AboutPeople(x => x.RecordId))
        .Access<OverrideRow>(Read, row => row
            .AtSchoolOf<PersonRow>(x => x.PersonId, person => person.Id)
            .AboutPeople(x => x.PersonId))
        .Access<DirectoryInformationRow>(RosterPermissions.ReadDirectory, row => row.OpenToDistrict())
        .Access<DirectoryChoiceRow>(RosterPermissions.ReadDirectory, row => row
            .AtSchoolOf<StudentRow>(x => x.StudentId, student => student.Id)
            .AboutPeople(x => x.StudentId))
        .Access<AmendmentRow>(RosterPermissions.ReadAmendments, row => row
            .AtSchoolOf<StudentRow>(x => x.StudentId, student => student.Id)
            .AboutPeople(x => x.StudentId))
        .Access<MatchRow>(RosterPermissions.Match)
        .Access<AccountLinkRow>(RosterPermissions.Link)
        .Access<LegalHoldRow>(RosterPermissions.ReadPrivacy)
        .Access<ErasureRow>(RosterPermissions.ReadPrivacy)
        .Access<RetentionScheduleRow>(RosterPermissions.ReadPrivacy);

    /// <summary>What of rows is read by permissions of its own.</summary>
    private static HubBuilder AddFieldGroups(this HubBuilder hub) => hub
        .List<ContactRow, PersonRow>("true")
        .Access<ContactRow>(RosterPermissions.ReadContact, row => row
            .AtSchool(x => x.SchoolId)
            .AtSchoolOf<RelationRow>(x => x.Id, relation => relation.GuardianId)
            .AboutPeople(x => x.Id))
        .Guard<PersonRow, ContactRow>(Contact)
        .Guard<StudentRow, ContactRow>(Contact)
        .Guard<GuardianRow, ContactRow>(Contact)
        .List<CustodyRow, GuardianshipRow>("true")
        .Access<CustodyRow>(RosterPermissions.ReadCustody, row => row
            .AtSchoolOf<StudentRow>(x => x.StudentId, student => student.Id))
        .Guard<GuardianshipRow, CustodyRow>(
            nameof(CustodyRow.MayPickUp), nameof(CustodyRow.MayReceiveRecords), nameof(CustodyRow.Custody))
        .List<FundingRow, SupplementRow>("true")
        .Access<FundingRow>(RosterPermissions.ReadDemographics, row => row
            .AtSchoolOf<PersonRow>(x => x.PersonId, person => person.Id)
            .AboutPeople(x => x.PersonId))
        .Guard<SupplementRow, FundingRow>(nameof(FundingRow.FundingCategory));

    private static HubBuilder AddHistory(this HubBuilder hub) => hub
        .Access<MovementRow>(Read, row => row
            .AtSchool(x => x.FromSchoolId).AtSchool(x => x.ToSchoolId)
            .AboutPeople(x => x.PersonId))
        .Access<MovementFigureRow>(RosterPermissions.ReadFigures, row => row
            .Figures()
            .AtSchool(x => x.FromSchoolId).AtSchool(x => x.ToSchoolId))
        // How the roster was is told of the whole district only.
        .Access<SpanRow>(Read)
        .Access<HistoryRunRow>(Read);

    private static HubBuilder AddMachinery(this HubBuilder hub) => hub
        .Access<SyncRunRow>(Runs)
        .Access<SyncCountRow>(Runs)
        .Access<SyncFindingRow>(Runs)
        .Access<SyncChangeRow>(Runs)
        .Access<SyncDecisionRow>(Runs)
        .Access<SyncProgressRow>(Runs)
        .Access<SyncPackageRow>(Runs)
        .Access<AlertRow>(Runs)
        .Access<SupplementMappingRow>(RosterPermissions.Supplement)
        .NoAccess<ProviderTokenRow>()
        .NoAccess<DirectoryKeyRow>()
        .NoAccess<HeldChangeRow>();
}
