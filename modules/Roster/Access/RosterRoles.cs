using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>What there is to be done with the roster, and which roles may, how far. A role that is given for a school
/// reaches that school.</summary>
internal static class RosterRoles
{
    private const ReachKind Limits = ReachKind.Schools | ReachKind.Own;

    public static HubBuilder AddRosterPermissions(this HubBuilder hub) => hub
        .AddRecordPermissions()
        .Permission(new(
            RosterPermissions.Read, "Read organizations, people, classes and enrollments.",
            FieldGroup.Students, Limits))
        .Permission(new(
            RosterPermissions.ReadDemographics, "Read birth, sex, race and ethnicity of students.",
            FieldGroup.Demographics, Limits))
        .Permission(new(
            RosterPermissions.ReadContact, "Read e-mail addresses and telephone numbers of students and guardians.",
            FieldGroup.Contact, Limits))
        .Permission(new(
            RosterPermissions.ReadCustody, "Read what is settled of custody: pick-up, records, orders.",
            FieldGroup.Custody, ReachKind.Schools))
        .Permission(new(
            RosterPermissions.ReadDirectory, "See what is directory information, and whose must not go out.",
            FieldGroup.Students, Limits))
        .Permission(RosterPermissions.NameDirectory, "Say what is directory information, and to whom it may go.")
        .Permission(new(
            RosterPermissions.OptOut, "Say whose directory information must not go out.",
            FieldGroup.Students, Limits))
        .Permission(new(
            RosterPermissions.ReadFigures, "Read counts of the roster that name nobody.",
            FieldGroup.Figures, ReachKind.Schools))
        .Permission(RosterPermissions.ReadQuality, "Read how good the data is, and which records are wrong.")
        .Permission(RosterPermissions.ReadRuns, "Read what each import did and what it found wrong.")
        .Permission(RosterPermissions.Supplement, "Take supplementary files in, and say what their columns mean.")
        .Permission(RosterPermissions.Import, "Send roster packages, and start imports of the settings' sources.")
        .Permission(RosterPermissions.Link, "Say which account is which person of the roster.")
        .Permission(RosterPermissions.Match, "See records of sources that may be one person, and decide.")
        .Permission(RosterPermissions.Override, "Say otherwise than the source about a person, and end it.")
        .Permission(RosterPermissions.ReadPrivacy, "See holds, requests to erase, and certificates of erasures.")
        .Permission(RosterPermissions.Hold, "Place and release holds: nothing of such a person is erased.")
        .Permission(new(
            RosterPermissions.ExportPerson, "Take everything about a person out, as a file.", FieldGroup.Students))
        .Permission(RosterPermissions.RequestErasure, "Ask that everything known of a person be erased.")
        .Permission(RosterPermissions.ApproveErasure, "Approve or decline what somebody else asked to be erased.")
        .Permission(RosterPermissions.DecideRuns, "Apply and reject runs that are held, and roll back.");

    /// <summary>How long records are kept, and what families may have changed in them.</summary>
    private static HubBuilder AddRecordPermissions(this HubBuilder hub) => hub
        .Permission(RosterPermissions.SetRetention, "Propose how long records are kept, and end a schedule.")
        .Permission(RosterPermissions.ApproveRetention, "Put a schedule into force that somebody else proposed.")
        .Permission(new(
            RosterPermissions.ReadAmendments, "See requests to amend records of students, and statements.",
            FieldGroup.Students, Limits))
        .Permission(new(
            RosterPermissions.RequestAmendment, "Ask that a record of a student be amended; place statements.",
            FieldGroup.Students, Limits))
        .Permission(new(
            RosterPermissions.DecideAmendment, "Accept or decline what was asked to be amended.",
            FieldGroup.Students, ReachKind.Schools))
        .Permission(new(
            RosterPermissions.RecordDisclosure, "Write down what of students went out on paper or by telephone.",
            FieldGroup.Students, ReachKind.Schools));

    public static HubBuilder AddRosterRoles(this HubBuilder hub) => hub
        .Role(Roles.SchoolAdministrator, ReachKind.Schools,
            RosterPermissions.Read, RosterPermissions.ReadDemographics, RosterPermissions.ReadCustody,
            RosterPermissions.ReadFigures, RosterPermissions.ReadDirectory, RosterPermissions.OptOut,
            RosterPermissions.ReadContact, RosterPermissions.ReadAmendments, RosterPermissions.RequestAmendment,
            RosterPermissions.DecideAmendment, RosterPermissions.RecordDisclosure)
        .Role(Roles.RiskTeam, ReachKind.Schools,
            RosterPermissions.Read, RosterPermissions.ReadDemographics, RosterPermissions.ReadFigures,
            RosterPermissions.ReadDirectory, RosterPermissions.ReadContact)
        .Role(Roles.Integration, ReachKind.Schools,
            RosterPermissions.Read, RosterPermissions.ReadDirectory, RosterPermissions.ReadContact)
        .Role(Roles.Family, ReachKind.Own,
            RosterPermissions.Read, RosterPermissions.ReadDemographics, RosterPermissions.ReadDirectory,
            RosterPermissions.OptOut, RosterPermissions.ReadContact, RosterPermissions.ReadAmendments,
            RosterPermissions.RequestAmendment)
        .Role(Roles.Auditor, ReachKind.District, RosterPermissions.ReadRuns, RosterPermissions.ReadPrivacy)
        .Role(Roles.SurveyManager, ReachKind.Aggregate, RosterPermissions.ReadFigures)
        .Role(Roles.BoardMember, ReachKind.Aggregate, RosterPermissions.ReadFigures);
}
