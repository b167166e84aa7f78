namespace K12Hub.Roster;

/// <summary>What one may be allowed to do with the roster.</summary>
internal static class RosterPermissions
{
    /// <summary>Read organizations, people, classes and enrollments.</summary>
    public const string Read = "roster.read";

    /// <summary>Read birth, sex, race and ethnicity of students.</summary>
    public const string ReadDemographics = "roster.demographics.read";

    /// <summary>Read e-mail addresses and telephone numbers of students and guardians.</summary>
    public const string ReadContact = "roster.contact.read";

    /// <summary>Read counts that name nobody.</summary>
    public const string ReadFigures = "roster.figures.read";

    /// <summary>Read how good the data is, and which records have something wrong.</summary>
    public const string ReadQuality = "roster.quality.read";

    /// <summary>Read what each import did and what it found wrong.</summary>
    public const string ReadRuns = "roster.runs.read";

    /// <summary>Take supplementary files in, and say what their columns mean.</summary>
    public const string Supplement = "roster.supplement";

    /// <summary>Read what is settled of custody.</summary>
    public const string ReadCustody = "roster.custody.read";

    /// <summary>Send packages and start imports.</summary>
    public const string Import = "roster.import";

    /// <summary>See which accounts are which people, and say so.</summary>
    public const string Link = "roster.link";

    /// <summary>See records that may be one person, and decide.</summary>
    public const string Match = "roster.match";

    /// <summary>Say otherwise than the source, and end it.</summary>
    public const string Override = "roster.override";

    /// <summary>See holds, requests to erase, and what proves that it was done.</summary>
    public const string ReadPrivacy = "roster.privacy.read";

    /// <summary>Place holds and release them.</summary>
    public const string Hold = "roster.hold";

    /// <summary>Take everything about a person out, as a file.</summary>
    public const string ExportPerson = "roster.person.export";

    /// <summary>Ask that a person be erased.</summary>
    public const string RequestErasure = "roster.erasure.request";

    /// <summary>Approve what somebody else asked to be erased, or decline it.</summary>
    public const string ApproveErasure = "roster.erasure.approve";

    /// <summary>See what is directory information, and whose must not go out.</summary>
    public const string ReadDirectory = "roster.directory.read";

    /// <summary>Say what is directory information.</summary>
    public const string NameDirectory = "roster.directory.name";

    /// <summary>Say whose directory information must not go out.</summary>
    public const string OptOut = "roster.directory.opt_out";

    /// <summary>Propose how long something is kept, and end a schedule.</summary>
    public const string SetRetention = "roster.retention.set";

    /// <summary>Put a schedule into force that somebody else proposed, or decline it.</summary>
    public const string ApproveRetention = "roster.retention.approve";

    /// <summary>See requests to amend records, and statements.</summary>
    public const string ReadAmendments = "roster.amendments.read";

    /// <summary>Ask that a record be amended, and place statements.</summary>
    public const string RequestAmendment = "roster.amendments.request";

    /// <summary>Accept what was asked to be amended, or decline it.</summary>
    public const string DecideAmendment = "roster.amendments.decide";

    /// <summary>Write down what of students went out by other ways than this program.</summary>
    public const string RecordDisclosure = "roster.disclosures.record";

    /// <summary>Apply and reject runs that are held, and roll applied ones back.</summary>
    public const string DecideRuns = "roster.runs.decide";
}
