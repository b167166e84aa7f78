namespace K12Hub.Roster;

/// <summary>Kinds of records that a district keeps for some time.</summary>
internal enum RetentionKind
{
    /// <summary>Students who left: no source has them any more, and they are in no class.</summary>
    Students,

    /// <summary>Members of staff who left.</summary>
    Staff,

    /// <summary>Parents, guardians and relatives whom no source has any more, and of whose children none is
    /// left.</summary>
    Guardians,

    /// <summary>What imports found wrong, with the values they found, from the day of the import on.</summary>
    RunFindings,

    /// <summary>Who saw a student, and to whom records were disclosed: as long as the student's record.</summary>
    AccessRecords,
}

/// <summary>Kinds as they are stored.</summary>
internal static class RetentionKinds
{
    public static IReadOnlyList<RetentionKind> All { get; } = Enum.GetValues<RetentionKind>();

    /// <summary>The stable word.</summary>
    public static string Word(this RetentionKind kind) => kind switch
    {
        RetentionKind.Students => "students",
        RetentionKind.Staff => "staff",
        RetentionKind.Guardians => "guardians",
        RetentionKind.RunFindings => "runFindings",
        _ => "accessRecords",
    };

    /// <summary>The kind of a word.</summary>
    public static RetentionKind Of(string word) => All.First(kind => kind.Word() == word);
}
