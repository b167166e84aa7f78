namespace K12Hub.Hosting;

/// <summary>What a role can be given for.</summary>
[Flags]
public enum GrantScope
{
    /// <summary>Nothing: it is derived, or nobody's.</summary>
    None = 0,

    /// <summary>The whole district.</summary>
    District = 1,

    /// <summary>Some schools.</summary>
    Schools = 2,

    /// <summary>Some topics.</summary>
    Topics = 4,
}

/// <summary>What somebody is in the district, as far as permissions go.</summary>
/// <param name="Name">Stable name: <c>schoolAdministrator</c>.</param>
/// <param name="Title">As people say it.</param>
/// <param name="GivenFor">What it can be granted for.</param>
/// <param name="HasInterest">Whether it has a legitimate educational interest in records of students.</param>
public sealed record Role(string Name, string Title, GrantScope GivenFor, bool HasInterest);

/// <summary>The roles there are. What each may do stands in the modules, next to what there is to be done; see
/// <see cref="RoleCatalog"/>.</summary>
public static class Roles
{
    /// <summary>Runs the installation.</summary>
    public static readonly Role DistrictAdministrator =
        new("districtAdministrator", "District administrator", GrantScope.District, HasInterest: true);

    /// <summary>Leads one or more schools; also derived from the roster.</summary>
    public static readonly Role SchoolAdministrator =
        new("schoolAdministrator", "School administrator", GrantScope.Schools, HasInterest: true);

    /// <summary>Answers for topics: who is on the team, what is promised.</summary>
    public static readonly Role TopicOwner = new("topicOwner", "Topic owner", GrantScope.Topics, HasInterest: true);

    /// <summary>Answers inquiries of topics.</summary>
    public static readonly Role TeamMember = new("teamMember", "Team member", GrantScope.Topics, HasInterest: true);

    /// <summary>Takes down what comes in by telephone or at the counter.</summary>
    public static readonly Role Recorder =
        new("recorder", "Recorder", GrantScope.District | GrantScope.Schools | GrantScope.Topics, HasInterest: false);

    /// <summary>Keeps the staff directory.</summary>
    public static readonly Role DirectoryEditor =
        new("directoryEditor", "Directory editor", GrantScope.District | GrantScope.Schools, HasInterest: false);

    /// <summary>Makes surveys and reads what comes of them.</summary>
    public static readonly Role SurveyManager =
        new("surveyManager", "Survey manager", GrantScope.District | GrantScope.Schools, HasInterest: false);

    /// <summary>Looks after students who may be lost to school.</summary>
    public static readonly Role RiskTeam =
        new("riskTeam", "Risk team", GrantScope.District | GrantScope.Schools, HasInterest: true);

    /// <summary>Sees how the district does, and nobody in particular.</summary>
    public static readonly Role BoardMember =
        new("boardMember", "Board member", GrantScope.District, HasInterest: false);

    /// <summary>Sees what was done and by whom.</summary>
    public static readonly Role Auditor = new("auditor", "Auditor", GrantScope.District, HasInterest: false);

    /// <summary>A program of the district.</summary>
    public static readonly Role Integration =
        new("integration", "Integration", GrantScope.District | GrantScope.Schools, HasInterest: true);

    /// <summary>A parent or guardian; derived from the roster alone.</summary>
    public static readonly Role Family = new("family", "Family member", GrantScope.None, HasInterest: true);

    /// <summary>Somebody who did not sign in.</summary>
    public static readonly Role Anonymous = new("anonymous", "Anonymous", GrantScope.None, HasInterest: false);

    /// <summary>All of them, the farthest reaching first.</summary>
    public static IReadOnlyList<Role> All { get; } =
    [
        DistrictAdministrator, SchoolAdministrator, TopicOwner, TeamMember, Recorder, DirectoryEditor, SurveyManager,
        RiskTeam, BoardMember, Auditor, Integration, Family, Anonymous,
    ];
}
