using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Records;

namespace K12Hub.OneRoster.Supplements;

/// <summary>The columns of a supplementary file. A row with a guardian is about student and guardian together, one
/// without about the person alone.</summary>
internal sealed class SupplementColumns
{
    /// <summary>How people belong together, as student information systems of the United States name it.</summary>
    public static readonly Vocabulary Relations = new Vocabulary(
            "mother", "father", "stepmother", "stepfather", "grandmother", "grandfather", "fosterParent",
            "legalGuardian", "aunt", "uncle", "sibling", "courtAppointed", "caseworker", "emergencyContact", "other")
        .Also("mom", "mother").Also("dad", "father").Also("step mother", "stepmother")
        .Also("step father", "stepfather").Also("foster parent", "fosterParent").Also("guardian", "legalGuardian")
        .Also("legal guardian", "legalGuardian").Also("emergency contact", "emergencyContact")
        .Also("brother", "sibling").Also("sister", "sibling").Also("social worker", "caseworker");

    public SupplementColumns(string file)
    {
        All = new FileColumns(file);
        SourcedId = All.Cell("sourcedId", "userSourcedId", "studentSourcedId");
        Guardian = All.Optional("guardianSourcedId");
        var status = All.Optional("status");
        Base = new(SourcedId, status, All.Optional("dateLastModified"));
        HomeLanguage = All.Optional("homeLanguage");
        ContactLanguage = All.Optional("contactLanguage", "correspondenceLanguage");
        InterpreterNeeded = All.Optional("interpreterNeeded");
        ExitReason = All.Optional("exitReason");
        ExitDestination = All.Optional("exitDestination");
        FundingCategory = All.Optional("fundingCategory");
        Households = All.Optional("household", "households", "householdId");
        Relation = All.Optional("relation", "relationship");
        LivesWith = All.Optional("livesWith");
        MayContact = All.Optional("mayContact");
        MayPickUp = All.Optional("mayPickUp");
        MayReceiveRecords = All.Optional("mayReceiveRecords");
        Custody = All.Optional("custody");
        ContactPriority = All.Optional("contactPriority");
        OfPerson =
        [
            HomeLanguage, ContactLanguage, InterpreterNeeded, ExitReason, ExitDestination, FundingCategory, Households,
        ];
        OfPair = [Relation, LivesWith, MayContact, MayPickUp, MayReceiveRecords, Custody, ContactPriority];
    }

    public FileColumns All { get; }

    public BaseColumns Base { get; }

    public Column SourcedId { get; }

    public Column Guardian { get; }

    public Column HomeLanguage { get; }

    public Column ContactLanguage { get; }

    public Column InterpreterNeeded { get; }

    public Column ExitReason { get; }

    public Column ExitDestination { get; }

    public Column FundingCategory { get; }

    public Column Households { get; }

    public Column Relation { get; }

    public Column LivesWith { get; }

    public Column MayContact { get; }

    public Column MayPickUp { get; }

    public Column MayReceiveRecords { get; }

    public Column Custody { get; }

    public Column ContactPriority { get; }

    /// <summary>Columns that say something about a person.</summary>
    public IReadOnlyList<Column> OfPerson { get; }

    /// <summary>Columns that say something about student and guardian.</summary>
    public IReadOnlyList<Column> OfPair { get; }

    /// <summary>The property of a record that a column fills.</summary>
    public static string PropertyOf(Column column) => column.Name switch
    {
        "household" => nameof(SupplementRecord.Households),
        var name => char.ToUpperInvariant(name[0]) + name[1..],
    };
}
