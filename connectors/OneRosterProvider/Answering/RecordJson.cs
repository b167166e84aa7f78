using System.Globalization;
using System.Text.Json;
using K12Hub.Contracts;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>What of each record is written, under the names of the REST binding 1.2 and in its order.</summary>
internal static class RecordJson
{
    private static readonly JsonProperty[] common =
    [
        Of<RosterRecord>.Text("sourcedId", record => record.SourcedId),
        Of<RosterRecord>.Text("status", record => record.Status is RecordStatus.Active ? "active" : "tobedeleted"),
        Of<RosterRecord>.Make(
            "dateLastModified", (to, name, record) => to.Moment(name, record.DateLastModified!.Value)),
        Of<RosterRecord>.Never("metadata"),
    ];

    private static readonly JsonProperty[] orgs =
    [
        .. common,
        Of<OrgRecord>.Text("name", org => org.Name),
        Of<OrgRecord>.Word(
            "type", org => org.Type, "department", "district", "local", "national", "school", "state"),
        Of<OrgRecord>.Text("identifier", org => org.Identifier ?? ""),
        Of<OrgRecord>.Reference("parent", RosterList.Orgs, org => org.ParentSourcedId),
        Of<OrgRecord>.Never("children"),
    ];

    private static readonly JsonProperty[] sessions =
    [
        .. common,
        Of<AcademicSessionRecord>.Text("title", session => session.Title),
        Of<AcademicSessionRecord>.Date("startDate", session => session.StartDate),
        Of<AcademicSessionRecord>.Date("endDate", session => session.EndDate),
        Of<AcademicSessionRecord>.Word(
            "type", session => session.Type, "gradingPeriod", "semester", "schoolYear", "term"),
        Of<AcademicSessionRecord>.Reference(
            "parent", RosterList.AcademicSessions, session => session.ParentSourcedId),
        Of<AcademicSessionRecord>.Never("children"),
        Of<AcademicSessionRecord>.Text(
            "schoolYear", session => session.SchoolYear.ToString("0000", CultureInfo.InvariantCulture)),
    ];

    private static readonly JsonProperty[] courses =
    [
        .. common,
        Of<CourseRecord>.Text("title", course => course.Title),
        Of<CourseRecord>.Reference("schoolYear", RosterList.AcademicSessions, course => course.SchoolYearSourcedId),
        Of<CourseRecord>.Text("courseCode", course => course.CourseCode ?? ""),
        Of<CourseRecord>.Texts("grades", course => course.Grades),
        Of<CourseRecord>.Texts("subjects", course => course.Subjects),
        Of<CourseRecord>.Reference("org", RosterList.Orgs, course => course.OrgSourcedId),
        Of<CourseRecord>.Texts("subjectCodes", course => course.SubjectCodes),
        Of<CourseRecord>.Never("resources"),
    ];

    private static readonly JsonProperty[] classes =
    [
        .. common,
        Of<ClassRecord>.Text("title", one => one.Title),
        Of<ClassRecord>.Text("classCode", one => one.ClassCode),
        Of<ClassRecord>.Word("classType", one => one.ClassType, "homeroom", "scheduled"),
        Of<ClassRecord>.Text("location", one => one.Location),
        Of<ClassRecord>.Texts("grades", one => one.Grades),
        Of<ClassRecord>.Texts("subjects", one => one.Subjects),
        Of<ClassRecord>.Reference("course", RosterList.Courses, one => one.CourseSourcedId),
        Of<ClassRecord>.Reference("school", RosterList.Orgs, one => one.SchoolSourcedId),
        Of<ClassRecord>.References("terms", RosterList.AcademicSessions, one => one.TermSourcedIds),
        Of<ClassRecord>.Texts("subjectCodes", one => one.SubjectCodes),
        Of<ClassRecord>.Texts("periods", one => one.Periods),
        Of<ClassRecord>.Never("resources"),
    ];

    private static readonly JsonProperty[] enrollments =
    [
        .. common,
        Of<EnrollmentRecord>.Reference("user", RosterList.Users, part => part.UserSourcedId),
        Of<EnrollmentRecord>.Reference("class", RosterList.Classes, part => part.ClassSourcedId),
        Of<EnrollmentRecord>.Reference("school", RosterList.Orgs, part => part.SchoolSourcedId),
        Of<EnrollmentRecord>.Word("role", part => part.Role, "administrator", "proctor", "student", "teacher"),
        Of<EnrollmentRecord>.Flag("primary", part => part.Primary),
        Of<EnrollmentRecord>.Date("beginDate", part => part.BeginDate),
        Of<EnrollmentRecord>.Date("endDate", part => part.EndDate),
    ];

    private static readonly JsonProperty[] demographics =
    [
        .. common,
        Of<DemographicsRecord>.Date("birthDate", one => one.BirthDate),
        Of<DemographicsRecord>.Make("sex", (to, name, one) => to.Text(
            name, one.Sex is { } sex ? Vocabulary.Fit(sex, ["male", "female", "unspecified", "other"]) : null)),
        Of<DemographicsRecord>.Flag("americanIndianOrAlaskaNative", one => one.AmericanIndianOrAlaskaNative),
        Of<DemographicsRecord>.Flag("asian", one => one.Asian),
        Of<DemographicsRecord>.Flag("blackOrAfricanAmerican", one => one.BlackOrAfricanAmerican),
        Of<DemographicsRecord>.Flag(
            "nativeHawaiianOrOtherPacificIslander", one => one.NativeHawaiianOrOtherPacificIslander),
        Of<DemographicsRecord>.Flag("white", one => one.White),
        Of<DemographicsRecord>.Flag("demographicRaceTwoOrMoreRaces", one => one.DemographicRaceTwoOrMoreRaces),
        Of<DemographicsRecord>.Flag("hispanicOrLatinoEthnicity", one => one.HispanicOrLatinoEthnicity),
        Of<DemographicsRecord>.Text("countryOfBirthCode", one => one.CountryOfBirthCode),
        Of<DemographicsRecord>.Text("stateOfBirthAbbreviation", one => one.StateOfBirthAbbreviation),
        Of<DemographicsRecord>.Text("cityOfBirth", one => one.CityOfBirth),
        Of<DemographicsRecord>.Text("publicSchoolResidenceStatus", one => one.PublicSchoolResidenceStatus),
    ];

    /// <summary>The properties of a list's records.</summary>
    public static IReadOnlyList<JsonProperty> Of(RosterList list) => list switch
    {
        RosterList.Orgs or RosterList.Schools => orgs,
        RosterList.AcademicSessions or RosterList.Terms or RosterList.GradingPeriods => sessions,
        RosterList.Courses => courses,
        RosterList.Classes => classes,
        RosterList.Users or RosterList.Students or RosterList.Teachers => UserJson.Properties,
        RosterList.Enrollments => enrollments,
        _ => demographics,
    };

    /// <summary>What every record begins with.</summary>
    public static IReadOnlyList<JsonProperty> Common => common;

    /// <summary>What the records of a list are called together in an answer.</summary>
    public static string NameOfMany(RosterList list) => list switch
    {
        RosterList.Orgs or RosterList.Schools => "orgs",
        RosterList.AcademicSessions or RosterList.Terms or RosterList.GradingPeriods => "academicSessions",
        RosterList.Users or RosterList.Students or RosterList.Teachers => "users",
        _ => JsonNamingPolicy.CamelCase.ConvertName(list.ToString()),
    };

    /// <summary>What one is called.</summary>
    public static string NameOfOne(RosterList list) => NameOfMany(list) switch
    {
        "demographics" => "demographics",
        "classes" => "class",
        var many => many[..^1],
    };
}
