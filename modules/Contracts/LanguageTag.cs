using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace K12Hub.Contracts;

/// <summary>Languages as BCP 47 writes them. Systems write them in many ways; two that mean the same become the same
/// tag, so that families can be counted and written to by language.</summary>
public static partial class LanguageTag
{
    // ISO 639-1 with the codes of ISO 639-2, where there are two the terminological one first.
    private const string Codes = """
        aa=aar ab=abk af=afr ak=aka am=amh an=arg ar=ara as=asm av=ava ay=aym az=aze ba=bak be=bel bg=bul bi=bis bm=bam
        bn=ben bo=bod/tib br=bre bs=bos ca=cat ce=che ch=cha co=cos cr=cre cs=ces/cze cu=chu cv=chv cy=cym/wel da=dan
        de=deu/ger dv=div dz=dzo ee=ewe el=ell/gre en=eng eo=epo es=spa et=est eu=eus/baq fa=fas/per ff=ful fi=fin
        fj=fij fo=fao fr=fra/fre fy=fry ga=gle gd=gla gl=glg gn=grn gu=guj gv=glv ha=hau he=heb hi=hin ho=hmo hr=hrv
        ht=hat hu=hun hy=hye/arm hz=her ia=ina id=ind ie=ile ig=ibo ii=iii ik=ipk io=ido is=isl/ice it=ita iu=iku
        ja=jpn jv=jav ka=kat/geo kg=kon ki=kik kj=kua kk=kaz kl=kal km=khm kn=kan ko=kor kr=kau ks=kas ku=kur kv=kom
        kw=cor ky=kir la=lat lb=ltz lg=lug li=lim ln=lin lo=lao lt=lit lu=lub lv=lav mg=mlg mh=mah mi=mri/mao
        mk=mkd/mac ml=mal mn=mon mr=mar ms=msa/may mt=mlt my=mya/bur na=nau nb=nob nd=nde ne=nep ng=ndo nl=nld/dut
        nn=nno no=nor nr=nbl nv=nav ny=nya oc=oci oj=oji om=orm or=ori os=oss pa=pan pi=pli pl=pol ps=pus pt=por
        qu=que rm=roh rn=run ro=ron/rum ru=rus rw=kin sa=san sc=srd sd=snd se=sme sg=sag si=sin sk=slk/slo sl=slv
        sm=smo sn=sna so=som sq=sqi/alb sr=srp ss=ssw st=sot su=sun sv=swe sw=swa ta=tam te=tel tg=tgk th=tha ti=tir
        tk=tuk tl=tgl tn=tsn to=ton tr=tur ts=tso tt=tat tw=twi ty=tah ug=uig uk=ukr ur=urd uz=uzb ve=ven vi=vie
        vo=vol wa=wln wo=wol xh=xho yi=yid yo=yor za=zha zh=zho/chi zu=zul
        """;

    // What student information systems of the United States write out most.
    private const string Names = """
        english=en spanish=es español=es chinese=zh mandarin=cmn cantonese=yue vietnamese=vi arabic=ar tagalog=tl
        filipino=fil russian=ru korean=ko portuguese=pt french=fr haitian=ht hindi=hi urdu=ur bengali=bn gujarati=gu
        punjabi=pa telugu=te tamil=ta somali=so swahili=sw amharic=am tigrinya=ti burmese=my karen=kar hmong=hmn
        khmer=km lao=lo thai=th nepali=ne farsi=fa persian=fa dari=prs pashto=ps ukrainian=uk polish=pl german=de
        italian=it japanese=ja hebrew=he turkish=tr navajo=nv marshallese=mh chuukese=chk ilocano=ilo samoan=sm
        tongan=to kurdish=ku romanian=ro serbian=sr croatian=hr bosnian=bs albanian=sq greek=el armenian=hy
        """;

    private static readonly FrozenDictionary<string, string> Known = ReadAll();

    /// <summary>Words of ISO 639-2 that name no language.</summary>
    private static readonly FrozenSet<string> Nothing = FrozenSet.Create("und", "zxx", "mis", "mul");

    /// <summary>The tag that a text means: <c>es</c> for <c>spa</c>, <c>ES</c> and <c>Spanish</c>, <c>zh-Hant</c> for
    /// <c>zh_hant</c>; null when it means no language.</summary>
    /// <param name="text">As a person or a system writes it.</param>
    public static string? Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var word = text.Trim().Replace('_', '-');
        if (Known.TryGetValue(word.ToLowerInvariant(), out var named)) return named;
        if (Tag().Match(word) is not { Success: true } tag) return null;

        var language = tag.Groups["language"].Value.ToLowerInvariant();
        var primary = Known.GetValueOrDefault(language, language);
        if (Nothing.Contains(language) || (primary.Length == 2 && !Known.ContainsKey(primary))) return null;

        var script = tag.Groups["script"].Value;
        var region = tag.Groups["region"].Value.ToUpperInvariant();
        return primary
            + (script.Length == 0 ? "" : $"-{char.ToUpperInvariant(script[0])}{script[1..].ToLowerInvariant()}")
            + (region.Length == 0 ? "" : $"-{region}");
    }

    private static FrozenDictionary<string, string> ReadAll()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (left, right) in Pairs(Codes))
        {
            known[left] = left;
            foreach (var code in right.Split('/')) known[code] = left;
        }

        foreach (var (left, right) in Pairs(Names)) known[left] = right;
        return known.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static IEnumerable<(string Left, string Right)> Pairs(string text) =>
        from pair in text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        let at = pair.IndexOf('=', StringComparison.Ordinal)
        select (pair[..at], pair[(at + 1)..]);

    [GeneratedRegex("^(?<language>[a-z]{2,3})(-(?<script>[a-z]{4}))?(-(?<region>[a-z]{2}|[0-9]{3}))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
