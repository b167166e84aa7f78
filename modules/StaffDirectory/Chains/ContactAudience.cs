namespace K12Hub.StaffDirectory;

/// <summary>Who asks.</summary>
internal enum ContactAudience
{
    /// <summary>Students, parents and guardians.</summary>
    Family,

    /// <summary>Whoever works in the district.</summary>
    Staff,
}

/// <summary>Where a step of a chain is.</summary>
internal enum ContactPlace
{
    /// <summary>The school of the child, or of whoever asks.</summary>
    School,

    /// <summary>The offices of the district.</summary>
    District,
}

/// <summary>The words in which they are stored: for ever the same.</summary>
internal static class ContactWords
{
    public static string Word(this ContactAudience audience) => audience is ContactAudience.Staff ? "staff" : "family";

    public static string Word(this ContactPlace place) => place is ContactPlace.District ? "district" : "school";

    public static ContactPlace PlaceOf(string word) =>
        word == "district" ? ContactPlace.District : ContactPlace.School;

    public static ContactAudience AudienceOf(string word) =>
        word == "staff" ? ContactAudience.Staff : ContactAudience.Family;
}
