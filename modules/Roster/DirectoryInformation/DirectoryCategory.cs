using System.Text.Json;

namespace K12Hub.Roster;

/// <summary>What a district may name directory information (34 CFR 99.3). There is none for numbers of students and of
/// social security: they never are.</summary>
internal enum DirectoryCategory
{
    /// <summary>The student's names. Without them nothing else goes out.</summary>
    Name,

    /// <summary>Where the student lives.</summary>
    Address,

    /// <summary>Telephone numbers.</summary>
    Telephone,

    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>Photographs.</summary>
    Photograph,

    /// <summary>Date and place of birth.</summary>
    Birth,

    /// <summary>The main subject of study.</summary>
    MajorField,

    /// <summary>The grade.</summary>
    GradeLevel,

    /// <summary>The school the student is enrolled at.</summary>
    School,

    /// <summary>First and last day at a school; never single days.</summary>
    AttendanceDates,

    /// <summary>Activities and sports that are officially recognized.</summary>
    Activities,

    /// <summary>Weight and height of members of athletic teams.</summary>
    AthleticMeasures,

    /// <summary>Degrees, honors and awards.</summary>
    Awards,

    /// <summary>The school attended before.</summary>
    PreviousSchool,
}

/// <summary>Categories as they are stored.</summary>
internal static class DirectoryWords
{
    public static string Of(DirectoryCategory category) => JsonNamingPolicy.CamelCase.ConvertName(category.ToString());

    /// <summary>Each once, in the order of the regulation.</summary>
    public static string[] Of(IEnumerable<DirectoryCategory> categories) =>
        [.. categories.Distinct().Order().Select(Of)];

    public static DirectoryCategory Parse(string word) => Enum.Parse<DirectoryCategory>(word, ignoreCase: true);
}
