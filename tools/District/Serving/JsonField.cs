namespace K12Hub.District.Serving;

/// <summary>How a cell stands in JSON.</summary>
internal enum JsonForm
{
    /// <summary>A string.</summary>
    Text,

    /// <summary>Several strings.</summary>
    Texts,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>An object that leads to another record.</summary>
    Reference,

    /// <summary>Several of these.</summary>
    References,

    /// <summary>Typed identifiers.</summary>
    UserIds,

    /// <summary>An extension, within metadata.</summary>
    Extension,

    /// <summary>Not there.</summary>
    Left,
}

/// <summary>A column of a file as a property of the REST binding.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Name">The property's name.</param>
/// <param name="Form">How it stands there.</param>
/// <param name="Type">What a reference leads to.</param>
internal sealed record JsonField(string Column, string Name, JsonForm Form, string Type = "")
{
    private static readonly HashSet<string> lists = ["grades", "subjects", "subjectCodes", "periods"];

    private static readonly HashSet<string> flags =
    [
        "enabledUser", "primary", "americanIndianOrAlaskaNative", "asian", "blackOrAfricanAmerican",
        "nativeHawaiianOrOtherPacificIslander", "white", "demographicRaceTwoOrMoreRaces", "hispanicOrLatinoEthnicity",
    ];

    /// <summary>The property of a column.</summary>
    /// <param name="table">The file's name: a parent is an organization in one and a session in another.</param>
    /// <param name="column">The column's name.</param>
    public static JsonField Of(string table, string column) => column switch
    {
        "parentSourcedId" => new(column, "parent", JsonForm.Reference, table == "orgs" ? "org" : "academicSession"),
        "schoolYearSourcedId" => new(column, "schoolYear", JsonForm.Reference, "academicSession"),
        "orgSourcedId" => new(column, "org", JsonForm.Reference, "org"),
        "orgSourcedIds" => new(column, "orgs", JsonForm.References, "org"),
        "courseSourcedId" => new(column, "course", JsonForm.Reference, "course"),
        "schoolSourcedId" => new(column, "school", JsonForm.Reference, "org"),
        "classSourcedId" => new(column, "class", JsonForm.Reference, "class"),
        "userSourcedId" => new(column, "user", JsonForm.Reference, "user"),
        "termSourcedIds" => new(column, "terms", JsonForm.References, "academicSession"),
        "agentSourcedIds" => new(column, "agents", JsonForm.References, "user"),
        "primaryOrgSourcedId" => new(column, "primaryOrg", JsonForm.Reference, "org"),
        "preferredGivenName" => new(column, "preferredFirstName", JsonForm.Text),
        "preferredFamilyName" => new(column, "preferredLastName", JsonForm.Text),
        "userIds" => new(column, column, JsonForm.UserIds),
        "password" => new(column, column, JsonForm.Left),
        _ when column.StartsWith("metadata.", StringComparison.Ordinal) =>
            new(column, column["metadata.".Length..], JsonForm.Extension),
        _ => new(column, column, lists.Contains(column) ? JsonForm.Texts
            : flags.Contains(column) ? JsonForm.Flag
            : JsonForm.Text),
    };
}
