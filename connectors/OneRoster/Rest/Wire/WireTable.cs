using System.Text;
using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Records;

namespace K12Hub.OneRoster.Rest.Wire;

/// <summary>A collection of the REST binding: its path, and which property is which column. Properties are the columns
/// of the file under their own names or the aliases; what else is sent, passwords among it, is never kept.</summary>
internal sealed class WireTable
{
    private readonly Dictionary<string, int> ordinals = new(StringComparer.OrdinalIgnoreCase);

    private readonly string properties;

    private WireTable(FileColumns columns, string fields)
    {
        (Columns, properties) = (columns, fields);
        foreach (var column in columns.All)
        {
            foreach (var name in column.Aliases.Prepend(column.Name)) ordinals.TryAdd(name, column.Ordinal);
        }
    }

    /// <summary>The collections that are asked for, in an order in which references point backwards.</summary>
    public static IReadOnlyList<WireTable> All { get; } =
    [
        new(OrgFile.Columns, "name,type,identifier,parent"),
        new(AcademicSessionFile.Columns, "title,type,startDate,endDate,parent,schoolYear"),
        new(CourseFile.Columns, "schoolYear,title,courseCode,grades,org,subjects,subjectCodes"),
        new(UserFile.Columns, "enabledUser,username,userIds,givenName,familyName,middleName,preferredFirstName,"
            + "preferredMiddleName,preferredLastName,pronouns,identifier,email,sms,phone,agents,grades,"
            + "userMasterIdentifier,primaryOrg,roles,role,orgs"),
        new(ClassFile.Columns, "title,grades,course,classCode,classType,location,school,terms,subjects,subjectCodes,"
            + "periods"),
        new(EnrollmentFile.Columns, "class,school,user,role,primary,beginDate,endDate"),
        new(DemographicsFile.Columns, "birthDate,sex,americanIndianOrAlaskaNative,asian,blackOrAfricanAmerican,"
            + "nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,hispanicOrLatinoEthnicity,"
            + "countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,publicSchoolResidenceStatus"),
    ];

    public FileColumns Columns { get; }

    /// <summary>OneRoster's name.</summary>
    public string Collection => Columns.Collection;

    /// <summary>The properties that are read, as the parameter <c>fields</c> names them.</summary>
    public string Fields => "sourcedId,status,dateLastModified," + properties;

    /// <summary>The place of the column <c>dateLastModified</c>, third in every file.</summary>
    public static int DateOrdinal => 2;

    /// <summary>The column's place; -1 for a property that is not read.</summary>
    public int OrdinalOf(ReadOnlySpan<byte> property) =>
        ordinals.GetValueOrDefault(Encoding.UTF8.GetString(property), -1);

    public static WireTable Of(string collection) => All.Single(table => table.Collection == collection);

    /// <summary>How objects within a column are taken apart.</summary>
    public WireObject ObjectsOf(int ordinal) =>
        Collection != RosterCollections.Users ? WireObject.Reference : Columns.All[ordinal].Name switch
        {
            "userIds" => WireObject.UserId,
            "roles" => WireObject.Role,
            _ => WireObject.Reference,
        };

    /// <summary>Whether a column holds a word for a role, which a district may have its own words for.</summary>
    public bool IsRole(int ordinal) => Columns.All[ordinal].Name == "role";
}

/// <summary>What an object within a record is.</summary>
internal enum WireObject
{
    /// <summary>A reference: its sourcedId is kept.</summary>
    Reference,

    /// <summary>A typed identifier: type and identifier are kept.</summary>
    UserId,

    /// <summary>A role: <see cref="SentRoles.Properties"/> are kept.</summary>
    Role,
}
