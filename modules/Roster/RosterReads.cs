using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Of whom the roster's rows are, and in which groups records of access name their fields.</summary>
internal static class RosterReads
{
    public static HubBuilder AddRosterReads(this HubBuilder hub)
    {
        AddGroups(hub.Reads);
        AddPeople(hub.Reads);
        AddWhatIsKnownOfThem(hub.Reads);
        return hub;
    }

    private static void AddGroups(AccessRules rules) => rules
        .Group(
            "names", "givenName", "familyName", "middleName", "preferredGivenName", "preferredMiddleName",
            "preferredFamilyName", "pronouns")
        .Group("contact", "email", "sms", "phone", "username", "mayContact", "contactPriority")
        .Group("numbers", "id", "sourcedId", "identifier", "personId", "studentId", "guardianId")
        .Group("language", "homeLanguage", "contactLanguage", "interpreterNeeded")
        .Group("custody", "custody", "settled", "mayPickUp", "mayReceiveRecords", "livesWith")
        .Group("funding", "fundingCategory")
        .Group("leaving", "exitReason", "exitDestination", "reason", "destination")
        .Group("place", "grade", "grades");

    private static void AddPeople(AccessRules rules) => rules
        .Add<StudentRow>("record", (row, notes) => notes.Student(row.Id))
        .Add<GuardianRow>("record", (row, notes) => notes.Other(row.Id))
        .Add<PersonRow>("record", See)
        .Add<Identity>("record", (row, notes) =>
        {
            foreach (var record in row.Records) See(record, notes);
        })
        // What somebody was then is not known before the roles are read.
        .Add<PersonAsOf>("history", (row, notes) => notes.Student(row.PersonId))
        .Add<Household>("household", (row, notes) =>
        {
            foreach (var student in row.StudentIds) notes.Student(student);
            foreach (var guardian in row.GuardianIds) notes.Other(guardian);
        })
        .Add<RelationRow>("relations", (row, notes) =>
        {
            notes.Student(row.StudentId);
            notes.Other(row.GuardianId);
        })
        .Add<AccountLinkRow>("accounts", (row, notes) => notes.Student(row.PersonId)) // Or of whomever it is.
        .Add<RoleAssignmentRow>("roles", (row, notes) => See(row.PersonId, row.Role, notes));

    private static void AddWhatIsKnownOfThem(AccessRules rules) => rules
        .Add<EnrollmentRow>("enrollments", (row, notes) => See(row.PersonId, row.Role, notes))
        .Add<EnrollmentAsOf>("enrollments", (row, notes) => See(row.Person.Id, row.Role, notes))
        .Add<DemographicsRow>("demographics", (row, notes) => notes.Student(row.PersonId))
        .Add<MovementRow>("movements", (row, notes) => notes.Student(row.PersonId))
        .Add<OverrideRow>("overrides", (row, notes) => notes.Student(row.PersonId))
        .Add<DirectoryChoiceRow>("directory", (row, notes) => notes.Student(row.StudentId))
        .Add<LegalHoldRow>("holds", (row, notes) => notes.Student(row.PersonId))
        .Add<ErasureRow>("erasures", (row, notes) => notes.Student(row.PersonId))
        .Add<AmendmentRow>("amendments", (row, notes) => notes.Student(row.StudentId))
        .Add<DuePerson>("retention", (row, notes) =>
        {
            if (row.IsStudent) notes.Student(row.PersonId);
            else notes.Other(row.PersonId);
        })
        .Add<MatchRow>("matches", (row, notes) =>
        {
            notes.Other(row.FirstId);
            notes.Other(row.SecondId);
        })
        .Add<QualityRecord>("quality", See)
        // Whoever leads to these was noted before; lines of a file are nobody's yet.
        .Add<SupplementRow>("supplement", (_, _) => { })
        .Add<Custody>("custody", (_, _) => { })
        .Add<DirectoryOptOut>("directory", (_, _) => { })
        .Add<SyncFindingRow>("findings", (_, _) => { })
        .Add<SupplementPreviewLine>("file", (_, _) => { });

    private static void See(PersonRow row, AccessNotes notes)
    {
        if (row.IsStudent) notes.Student(row.Id);
        else notes.Other(row.Id);
    }

    private static void See(QualityRecord row, AccessNotes notes)
    {
        if (row.PersonId is not { } person) return;
        if (row.IsStudent) notes.Student(person);
        else notes.Other(person);
    }

    private static void See(Guid person, string role, AccessNotes notes)
    {
        if (role == "student") notes.Student(person);
        else notes.Other(person);
    }
}
