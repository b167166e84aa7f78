namespace K12Hub.Hosting;

/// <summary>What a permission lets one see or do something with. Records of students are seen by those only whose role
/// has a legitimate educational interest (34 CFR 99.31).</summary>
public enum FieldGroup
{
    /// <summary>The machinery: runs, messages, jobs, grants.</summary>
    Operations,

    /// <summary>Counts and shares that name nobody.</summary>
    Figures,

    /// <summary>Who somebody is, and where in the district.</summary>
    Directory,

    /// <summary>Records of students.</summary>
    Students,

    /// <summary>Birth, sex, race and ethnicity of students.</summary>
    Demographics,

    /// <summary>What is settled of custody.</summary>
    Custody,

    /// <summary>Telephone numbers and addresses.</summary>
    Contact,

    /// <summary>What staff write about somebody.</summary>
    Notes,

    /// <summary>Who may be lost to school.</summary>
    Risk,
}

/// <summary>Something one may be allowed to do.</summary>
/// <param name="Name">Stable name, module first: <c>roster.read</c>.</param>
/// <param name="Description">What whoever has it may do, in a sentence for whoever grants it.</param>
/// <param name="About">What it is about.</param>
/// <param name="Narrower">How it may be given besides for the whole district: what is behind it asks about schools,
/// topics or people. None where it does not, and then nobody has it for less.</param>
public sealed record PermissionEntry(
    string Name,
    string Description,
    FieldGroup About = FieldGroup.Operations,
    ReachKind Narrower = ReachKind.None)
{
    /// <summary>Whether it shows records of students.</summary>
    public bool NeedsInterest => About is FieldGroup.Students or FieldGroup.Demographics or FieldGroup.Custody
        or FieldGroup.Contact or FieldGroup.Notes or FieldGroup.Risk;

    /// <summary>Whether it may be given this far.</summary>
    public bool Allows(ReachKind reach) =>
        (reach & ~(ReachKind.District | Narrower | (About is FieldGroup.Figures ? ReachKind.Aggregate : 0))) == 0;
}
