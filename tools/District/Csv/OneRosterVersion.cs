namespace K12Hub.District.Csv;

/// <summary>A version of the standard: which files it names and which of them we fill.</summary>
internal sealed record OneRosterVersion(string Number, string[] FileNames)
{
    public static OneRosterVersion V11 { get; } = new("1.1",
    [
        "academicSessions", "categories", "classes", "classResources", "courses", "courseResources", "demographics",
        "enrollments", "lineItems", "orgs", "resources", "results", "users",
    ]);

    public static OneRosterVersion V12 { get; } = new("1.2",
    [
        .. V11.FileNames, "lineItemLearningObjectiveIds", "lineItemScoreScales", "resultLearningObjectiveIds",
        "resultScoreScales", "roles", "scoreScales", "userProfiles", "userResources",
    ]);

    /// <exception cref="ArgumentException">It is neither 1.1 nor 1.2.</exception>
    public static OneRosterVersion Parse(string number) => number switch
    {
        "1.1" => V11,
        "1.2" => V12,
        _ => throw new ArgumentException($"OneRoster {number} is not written here; use 1.1 or 1.2.", nameof(number)),
    };

    /// <summary>The files written.</summary>
    public IReadOnlyList<CsvTable> Tables(SchoolCalendar calendar)
    {
        CsvTable[] users = this == V11 ? [OneRosterUsers.Users11] : [OneRosterUsers.Users12, OneRosterUsers.Roles12];
        return
        [
            OneRosterTables.Orgs, OneRosterTables.Sessions(calendar), OneRosterTables.Courses, OneRosterTables.Classes,
            .. users, OneRosterTables.Enrollments(calendar), OneRosterTables.Demographics,
        ];
    }

    /// <summary>The collections a reader ends up with: 1.1 has roles without a file of their own.</summary>
    public IReadOnlyList<CsvTable> Collections(SchoolCalendar calendar) =>
        this == V11 ? [.. Tables(calendar), OneRosterUsers.DerivedRoles11] : Tables(calendar);
}
