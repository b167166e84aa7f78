namespace K12Hub.StaffDirectory;

/// <summary>The languages in which help is found, and PostgreSQL's dictionary of each, which leaves out mere the and or
/// and cuts words to what they have in common with their plurals.</summary>
internal static class HelpLanguage
{
    public const string English = "en";
    public const string Spanish = "es";

    public static readonly string[] All = [English, Spanish];

    public static bool IsKnown(string language) => All.Contains(language);

    public static string DictionaryOf(string language) => language switch
    {
        English => "pg_catalog.english_stem",
        Spanish => "pg_catalog.spanish_stem",
        _ => throw new ArgumentOutOfRangeException(nameof(language), language, "There are en and es."),
    };
}
