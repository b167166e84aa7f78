using System.Text.Json;

namespace K12Hub.Roster;

/// <summary>Why records may go out without consent, or that there is consent (34 CFR 99.30, 99.31).</summary>
internal enum DisclosureBasis
{
    /// <summary>To somebody who works for the district with them (99.31(a)(1)).</summary>
    SchoolOfficial,

    /// <summary>A parent, or the student who is of age, agreed in writing (99.30).</summary>
    Consent,

    /// <summary>It was named directory information, and nobody opted out (99.37).</summary>
    DirectoryInformation,

    /// <summary>To a school where the student enrolls (99.34).</summary>
    OtherSchool,

    /// <summary>To who audits or evaluates programs (99.35).</summary>
    Audit,

    /// <summary>For a study on behalf of the district (99.31(a)(6)).</summary>
    Study,

    /// <summary>By order of a court or under a subpoena (99.31(a)(9)).</summary>
    Order,

    /// <summary>Somebody's health or safety was in danger (99.36); the interest says what the danger was.</summary>
    Emergency,

    /// <summary>Something else; the interest says what.</summary>
    Other,
}

/// <summary>How records went out.</summary>
internal enum DisclosureMeans
{
    /// <summary>A letter, or copies.</summary>
    Paper,

    /// <summary>By telephone.</summary>
    Phone,

    /// <summary>By e-mail.</summary>
    Email,

    /// <summary>Told, or shown to look at.</summary>
    InPerson,

    /// <summary>Otherwise.</summary>
    Other,
}

/// <summary>Which records of a student went out.</summary>
internal enum DisclosedRecords
{
    /// <summary>Names.</summary>
    Names,

    /// <summary>Addresses, telephone numbers, e-mail.</summary>
    Contact,

    /// <summary>Schools, classes, grades attended.</summary>
    Enrollments,

    /// <summary>Days present and absent.</summary>
    Attendance,

    /// <summary>Marks and transcripts.</summary>
    Marks,

    /// <summary>Results of tests.</summary>
    Assessments,

    /// <summary>Birth, sex, race and ethnicity.</summary>
    Demographics,

    /// <summary>What was done to keep order.</summary>
    Discipline,

    /// <summary>Health records that the school keeps.</summary>
    Health,

    /// <summary>Plans and reports of special education.</summary>
    SpecialEducation,

    /// <summary>Family, and what is settled of custody.</summary>
    Custody,

    /// <summary>Everything there is.</summary>
    WholeRecord,

    /// <summary>Something else.</summary>
    Other,
}

/// <summary>A disclosure as somebody tells it.</summary>
/// <param name="Students">Of whom.</param>
/// <param name="Records">What.</param>
/// <param name="Party">To whom.</param>
/// <param name="Interest">What for.</param>
/// <param name="Basis">Why it may.</param>
/// <param name="Means">How.</param>
/// <param name="MadeOn">The day.</param>
internal sealed record TellingDisclosure(
    IReadOnlyList<Guid> Students, IReadOnlyList<DisclosedRecords> Records, string Party, string Interest,
    DisclosureBasis Basis, DisclosureMeans Means, DateOnly MadeOn)
{
    /// <summary>A choice as it is stored.</summary>
    public static string WordOf<T>(T choice)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(choice.ToString());
}
