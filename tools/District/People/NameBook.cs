using Bogus;
using Bogus.DataSets;

namespace K12Hub.District.People;

/// <summary>Names that sound like the language spoken at home, by Bogus where it has them in Latin letters.</summary>
internal sealed class NameBook
{
    /// <summary>BCP 47 tags with the share of households, in percent; roughly those of a large district.</summary>
    public static readonly (string Tag, int Share)[] Languages =
    [
        ("en", 70), ("es", 17), ("vi", 2), ("pt", 2), ("ht", 2), ("zh", 2), ("ar", 2), ("so", 1), ("pl", 1), ("fr", 1),
    ];

    private readonly Dictionary<string, Name> books = new()
    {
        ["en"] = new("en"),
        ["es"] = new("es"),
        ["vi"] = new("vi"),
        ["pt"] = new("pt_BR"),
        ["ht"] = new("fr"),
        ["pl"] = new("pl"),
        ["fr"] = new("fr"),
    };

    public static string LanguageOf(Seed seed) => Languages[seed.Weighted(Shares)].Tag;

    public string Given(Seed seed, bool female, string language)
    {
        var random = RandomOf(seed);
        if (OwnLists.TryGetValue(language, out var lists))
            return random.ArrayElement(female ? lists.Female : lists.Male);

        return Book(language, random).FirstName(female ? Name.Gender.Female : Name.Gender.Male);
    }

    public string Family(Seed seed, string language)
    {
        var random = RandomOf(seed);
        return OwnLists.TryGetValue(language, out var lists)
            ? random.ArrayElement(lists.Family)
            : Book(language, random).LastName(Name.Gender.Male);
    }

    private Name Book(string language, Randomizer random)
    {
        var book = books[language];
        book.Random = random;
        return book;
    }

    private static Randomizer RandomOf(Seed seed) => new((int)(seed.Value & int.MaxValue));

    private static readonly int[] Shares = [.. Languages.Select(language => language.Share)];

    // Bogus writes these languages in their own script; American rosters are kept in Latin letters.
    private static readonly Dictionary<string, (string[] Female, string[] Male, string[] Family)> OwnLists = new()
    {
        ["zh"] = (
            ["Xinyi", "Yutong", "Meiling", "Jiayi", "Lihua", "Zihan", "Fang", "Ying"],
            ["Haoran", "Zihao", "Wei", "Junjie", "Ming", "Yichen", "Jian", "Lei"],
            ["Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Huang", "Zhao", "Wu", "Zhou", "Xu", "Sun"]),
        ["ar"] = (
            ["Fatima", "Layla", "Maryam", "Noor", "Salma", "Yasmin", "Rania", "Huda"],
            ["Omar", "Yusuf", "Ahmad", "Khalid", "Ibrahim", "Hamza", "Tariq", "Samir"],
            ["Haddad", "Khoury", "Al-Masri", "Nasser", "Saleh", "Hamdan", "Aziz", "Mansour", "Farah", "Darwish"]),
        ["so"] = (
            ["Hodan", "Ayaan", "Sahra", "Ifrah", "Ladan", "Fadumo", "Amina", "Hibo"],
            ["Abdi", "Liban", "Warsame", "Guled", "Mahad", "Yonis", "Bashir", "Farhan"],
            ["Abdullahi", "Warsame", "Hassan", "Mohamud", "Farah", "Jama", "Osman", "Nur", "Ali", "Duale"]),
    };
}
