using System.Collections.Frozen;
using System.Text;

namespace K12Hub.OneRoster.Csv;

/// <summary>Joins letters with the accents that follow them into one character (Unicode form C), as databases and
/// people compare them: some exporters send <c>e</c> and an accent where others send <c>é</c>.</summary>
/// <remarks>The runtime does this only with ICU installed, which a school's server need not have. Covers Latin,
/// Greek, Cyrillic, Japanese and Korean, for text whose accents stand in canonical order.</remarks>
internal static class Composition
{
    private const char HangulFirst = '\uAC00', LeadFirst = '\u1100', VowelFirst = '\u1161', TailBefore = '\u11A7';
    private const int Leads = 19, Vowels = 21, Tails = 28;

    private static readonly FrozenDictionary<(char Letter, char Accent), char> composed = Composed();

    public static string Compose(string text)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u0300', '\u036F')
            && !text.AsSpan().ContainsAny('\u3099', '\u309A')
            && !text.AsSpan().ContainsAnyInRange('\u1161', '\u11C2'))
        {
            return text;
        }

        var joined = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (joined.Length > 0 && Join(joined[^1], c) is { } one) joined[^1] = one;
            else joined.Append(c);
        }

        return joined.ToString();
    }

    private static char? Join(char before, char c)
    {
        if (composed.TryGetValue((before, c), out var one)) return one;
        if (before - LeadFirst is >= 0 and < Leads && c - VowelFirst is >= 0 and < Vowels)
            return (char)(HangulFirst + ((((before - LeadFirst) * Vowels) + c - VowelFirst) * Tails));
        if (before - HangulFirst is >= 0 and < Leads * Vowels * Tails
            && (before - HangulFirst) % Tails == 0
            && c - TailBefore is > 0 and < Tails)
        {
            return (char)(before + c - TailBefore);
        }

        return null;
    }

    private static FrozenDictionary<(char Letter, char Accent), char> Composed()
    {
        var pairs = new Dictionary<(char, char), char>();
        foreach (var (accent, letters) in accented)
            for (var i = 0; i < letters.Length; i += 2) pairs[(letters[i], accent)] = letters[i + 1];

        return pairs.ToFrozenDictionary();
    }

    /// <summary>For each accent the letters that take it, each followed by the letter with the accent.</summary>
    private static Dictionary<char, string> accented => new()
    {
        ['\u0300'] =
            "AÀEÈIÌOÒUÙaàeèiìoòuùÜǛüǜNǸnǹЕЀИЍеѐиѝĒḔēḕŌṐōṑWẀwẁÂẦâầĂẰăằÊỀêềÔỒôồƠỜơờƯỪưừYỲyỳἀἂἁἃ"
            + "ἈἊἉἋἐἒἑἓἘἚἙἛἠἢἡἣἨἪἩἫἰἲἱἳἸἺἹἻὀὂὁὃὈὊὉὋὐὒὑὓὙὛὠὢὡὣὨὪὩὫαὰεὲηὴιὶοὸυὺωὼΑᾺΕῈΗῊ᾿῍ϊῒΙῚ῾῝ϋῢ"
            + "ΥῪ¨῭ΟῸΩῺ",
        ['\u0301'] =
            "AÁEÉIÍOÓUÚYÝaáeéiíoóuúyýCĆcćLĹlĺNŃnńRŔrŕSŚsśZŹzźÜǗüǘGǴgǵÅǺåǻÆǼæǽØǾøǿ¨΅ΑΆΕΈΗΉΙΊΟΌ"
            + "ΥΎΩΏϊΐαάεέηήιίϋΰοόυύωώϒϓГЃКЌгѓкќÇḈçḉĒḖēḗÏḮïḯKḰkḱMḾmḿÕṌõṍŌṒōṓPṔpṕŨṸũṹWẂwẃÂẤâấĂẮăắ"
            + "ÊẾêếÔỐôốƠỚơớƯỨưứἀἄἁἅἈἌἉἍἐἔἑἕἘἜἙἝἠἤἡἥἨἬἩἭἰἴἱἵἸἼἹἽὀὄὁὅὈὌὉὍὐὔὑὕὙὝὠὤὡὥὨὬὩὭ᾿῎῾῞",
        ['\u0302'] =
            "AÂEÊIÎOÔUÛaâeêiîoôuûCĈcĉGĜgĝHĤhĥJĴjĵSŜsŝWŴwŵYŶyŷZẐzẑẠẬạậẸỆẹệỌỘọộ",
        ['\u0303'] =
            "AÃNÑOÕaãnñoõIĨiĩUŨuũVṼvṽÂẪâẫĂẴăẵEẼeẽÊỄêễÔỖôỗƠỠơỡƯỮưữYỸyỹ",
        ['\u0304'] =
            "AĀaāEĒeēIĪiīOŌoōUŪuūÜǕüǖÄǞäǟȦǠȧǡÆǢæǣǪǬǫǭÖȪöȫÕȬõȭȮȰȯȱYȲyȳИӢиӣУӮуӯGḠgḡḶḸḷḹṚṜṛṝαᾱΑᾹ"
            + "ιῑΙῙυῡΥῩ",
        ['\u0306'] =
            "AĂaăEĔeĕGĞgğIĬiĭOŎoŏUŬuŭУЎИЙийуўЖӁжӂАӐаӑЕӖеӗȨḜȩḝẠẶạặαᾰΑᾸιῐΙῘυῠΥῨ",
        ['\u0307'] =
            "CĊcċEĖeėGĠgġIİZŻzżAȦaȧOȮoȯBḂbḃDḊdḋFḞfḟHḢhḣMṀmṁNṄnṅPṖpṗRṘrṙSṠsṡŚṤśṥŠṦšṧṢṨṣṩTṪtṫWẆ"
            + "wẇXẊxẋYẎyẏſẛ",
        ['\u0308'] =
            "AÄEËIÏOÖUÜaäeëiïoöuüyÿYŸΙΪΥΫιϊυϋϒϔЕЁІЇеёіїАӒаӓӘӚәӛЖӜжӝЗӞзӟИӤиӥОӦоӧӨӪөӫЭӬэӭУӰуӱЧӴ"
            + "чӵЫӸыӹHḦhḧÕṎõṏŪṺūṻWẄwẅXẌxẍtẗ",
        ['\u0309'] =
            "AẢaảÂẨâẩĂẲăẳEẺeẻÊỂêểIỈiỉOỎoỏÔỔôổƠỞơởUỦuủƯỬưửYỶyỷ",
        ['\u030A'] =
            "AÅaåUŮuůwẘyẙ",
        ['\u030B'] =
            "OŐoőUŰuűУӲуӳ",
        ['\u030C'] =
            "CČcčDĎdďEĚeěLĽlľNŇnňRŘrřSŠsšTŤtťZŽzžAǍaǎIǏiǐOǑoǒUǓuǔÜǙüǚGǦgǧKǨkǩƷǮʒǯjǰHȞhȟ",
        ['\u030F'] =
            "AȀaȁEȄeȅIȈiȉOȌoȍRȐrȑUȔuȕѴѶѵѷ",
        ['\u0311'] =
            "AȂaȃEȆeȇIȊiȋOȎoȏRȒrȓUȖuȗ",
        ['\u0313'] =
            "αἀΑἈεἐΕἘηἠΗἨιἰΙἸοὀΟὈυὐωὠΩὨρῤ",
        ['\u0314'] =
            "αἁΑἉεἑΕἙηἡΗἩιἱΙἹοὁΟὉυὑΥὙωὡΩὩρῥΡῬ",
        ['\u031B'] =
            "OƠoơUƯuư",
        ['\u0323'] =
            "BḄbḅDḌdḍHḤhḥKḲkḳLḶlḷMṂmṃNṆnṇRṚrṛSṢsṣTṬtṭVṾvṿWẈwẉZẒzẓAẠaạEẸeẹIỊiịOỌoọƠỢơợUỤuụƯỰưự"
            + "YỴyỵ",
        ['\u0324'] =
            "UṲuṳ",
        ['\u0325'] =
            "AḀaḁ",
        ['\u0326'] =
            "SȘsșTȚtț",
        ['\u0327'] =
            "CÇcçGĢgģKĶkķLĻlļNŅnņRŖrŗSŞsşTŢtţEȨeȩDḐdḑHḨhḩ",
        ['\u0328'] =
            "AĄaąEĘeęIĮiįUŲuųOǪoǫ",
        ['\u032D'] =
            "DḒdḓEḘeḙLḼlḽNṊnṋTṰtṱUṶuṷ",
        ['\u032E'] =
            "HḪhḫ",
        ['\u0330'] =
            "EḚeḛIḬiḭUṴuṵ",
        ['\u0331'] =
            "BḆbḇDḎdḏKḴkḵLḺlḻNṈnṉRṞrṟTṮtṯZẔzẕhẖ",
        ['\u0338'] =
            "←↚→↛↔↮⇐⇍⇔⇎⇒⇏∃∄∈∉∋∌∣∤∥∦∼≁≃≄≅≇≈≉=≠≡≢≍≭<≮>≯≤≰≥≱≲≴≳≵≶≸≷≹≺⊀≻⊁⊂⊄⊃⊅⊆⊈⊇⊉⊢⊬⊨⊭⊩⊮⊫⊯≼⋠≽⋡⊑⋢⊒⋣"
            + "⊲⋪⊳⋫⊴⋬⊵⋭",
        ['\u0342'] =
            "ἀἆἁἇἈἎἉἏἠἦἡἧἨἮἩἯἰἶἱἷἸἾἹἿὐὖὑὗὙὟὠὦὡὧὨὮὩὯαᾶ¨῁ηῆ᾿῏ιῖϊῗ῾῟υῦϋῧωῶ",
        ['\u0345'] =
            "ἀᾀἁᾁἂᾂἃᾃἄᾄἅᾅἆᾆἇᾇἈᾈἉᾉἊᾊἋᾋἌᾌἍᾍἎᾎἏᾏἠᾐἡᾑἢᾒἣᾓἤᾔἥᾕἦᾖἧᾗἨᾘἩᾙἪᾚἫᾛἬᾜἭᾝἮᾞἯᾟὠᾠὡᾡὢᾢὣᾣὤᾤὥᾥὦᾦὧᾧ"
            + "ὨᾨὩᾩὪᾪὫᾫὬᾬὭᾭὮᾮὯᾯὰᾲαᾳάᾴᾶᾷΑᾼὴῂηῃήῄῆῇΗῌὼῲωῳώῴῶῷΩῼ",
        ['\u3099'] =
            "かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブ"
            + "ヘベホボウヴワヷヰヸヱヹヲヺヽヾ",
        ['\u309A'] =
            "はぱひぴふぷへぺほぽハパヒピフプヘペホポ",
    };
}
