namespace K12Hub.Roster;

/// <summary>Something that can be wrong with a record of the roster.</summary>
/// <param name="Name">Stable name, the kind of record first.</param>
/// <param name="Kind">Records it looks at: student, guardian, staff, person, class or enrollment.</param>
/// <param name="Weight">What it counts in a score: 3 where somebody cannot be reached or is taken for somebody else, 2
/// where somebody sees too little or too much, 1 where something is untidy.</param>
/// <param name="Meaning">What is wrong, in a sentence a registrar can act on.</param>
public sealed record QualityRule(string Name, string Kind, int Weight, string Meaning)
{
    /// <summary>All rules, in the order in which they are shown.</summary>
    public static IReadOnlyList<QualityRule> All { get; } =
    [
        new("student.noGuardian", "student", 3, "The student has no guardian."),
        new("student.duplicate", "student", 3, "Another student has the same name and birth date."),
        new("student.noSchool", "student", 3, "The student belongs to no school."),
        new("student.noClass", "student", 2, "The student is in no class."),
        new("student.noGrade", "student", 1, "The student has no grade."),
        new("student.noLanguage", "student", 1, "No language is known of the student's home."),
        new("guardian.noPhone", "guardian", 3, "The guardian has no number, neither to call nor for text messages."),
        new("guardian.noEmail", "guardian", 2, "The guardian has no e-mail address."),
        new("guardian.noLanguage", "guardian", 1, "It is not known in which language to write to the guardian."),
        new("guardian.noStudent", "guardian", 1, "The guardian has no student."),
        new("staff.noEmail", "staff", 3, "The member of staff has no e-mail address."),
        new("staff.noSchool", "staff", 2, "The member of staff belongs to no school and does not run the district."),
        new("staff.noClass", "staff", 2, "The teacher has no class."),
        new("person.noRole", "person", 2, "The person has no role anywhere."),
        new("person.twoPrimaryRoles", "person", 1, "The person has two main roles at one organization."),
        new("person.noPrimaryRole", "person", 1, "None of the person's roles is a main role."),
        new("person.missing", "person", 2, "The source no longer sends the person, who ends when the grace is over."),
        new("class.noTeacher", "class", 3, "The class has no teacher."),
        new("class.noStudent", "class", 1, "The class has no students."),
        new("enrollment.outsideSession", "enrollment", 1, "The days lie outside the terms of the class, or turn back."),
    ];

    /// <summary>Whether it looks for a language, which OneRoster has no place for: without supplementary files there is
    /// nothing to look at.</summary>
    internal bool NeedsLanguages => Name.EndsWith(".noLanguage", StringComparison.Ordinal);

    /// <summary>The rule with this name; null when there is none.</summary>
    /// <param name="name">Its name.</param>
    public static QualityRule? Find(string name) => All.FirstOrDefault(rule => rule.Name == name);
}
