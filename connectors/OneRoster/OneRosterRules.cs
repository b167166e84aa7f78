using K12Hub.Contracts;

namespace K12Hub.OneRoster;

/// <summary>A rule a package or a row can break.</summary>
/// <param name="Code">Stable code for programs.</param>
/// <param name="Effect">What breaking it does to the data.</param>
/// <param name="Defect">The defect in plain words, as it stands in the README's table.</param>
internal sealed record OneRosterRule(string Code, FindingEffect Effect, string Defect)
{
    /// <summary>Longest value shown in a finding, in characters.</summary>
    private const int ShownCharacters = 100;

    public RosterFinding Broken(
        string message, string? file = null, int? line = null, string? column = null, string? value = null,
        string? sourcedId = null) =>
        new(Effect, Code, message, file, line, column, Shown(value), sourcedId);

    /// <summary>Cuts a value and takes control characters out of it, so that it can be printed anywhere.</summary>
    private static string? Shown(string? value)
    {
        if (value is null) return null;
        var cut = value.Length <= ShownCharacters ? value : value[..ShownCharacters];

        return string.Create(cut.Length, cut, static (shown, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                shown[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? ' ' : from[i];
        });
    }
}

/// <summary>All rules, strictest first. The README's table is compared with <see cref="All"/> by a test.</summary>
internal static class OneRosterRules
{
    private static readonly List<OneRosterRule> all = [];

    public static readonly OneRosterRule
        PackageNotFound = Refuse("package.not_found", "The path leads to nothing, or may not be read"),
        PackageNotZip = Refuse("package.not_zip", "The file is not a zip"),
        PackageTooLarge = Refuse("package.too_large", "The zip is larger than the limit"),
        PackageTooManyFiles = Refuse("package.too_many_files", "The package holds more files than the limit"),
        ZipDamaged = Refuse("zip.damaged", "The zip is cut off or damaged: directory, sizes or check sums disagree"),
        ZipBomb = Refuse("zip.bomb", "A file in the zip unpacks to more than the limit, or is packed too tight"),
        ZipUnsafeName = Refuse("zip.unsafe_name", "A name in the zip leads out of it (`../`, `/`, `C:`)"),
        ZipNested = Refuse("zip.nested", "The zip contains another archive"),
        ZipEncrypted = Refuse("zip.encrypted", "A file in the zip is protected by a password"),
        FileLink = Refuse("file.link", "A file is a symbolic link"),
        FileTwice = Refuse("file.twice", "A file is there twice, for example in two folders of the zip"),
        FileEmpty = Refuse("file.empty", "A file has no header line, or is no ordinary file (pipe, device)"),
        FileTooLarge = Refuse("file.too_large", "A file of the folder is larger than the limit"),
        FileMissing = Refuse("file.missing", "The manifest says a file is sent, but it is not there"),
        FileRequired = Refuse("file.required", 
            "The manifest says that orgs, users or (1.2) roles are absent, and nothing is `delta`"),
        FileChanged = Refuse("file.changed", "The package changed while it was read"),
        FileUnreadable = Refuse("file.unreadable", "A file cannot be opened or read"),
        FileCutOff = Refuse("file.cut_off", "A file ends within a row or within quotes"),
        ManifestMissing = Refuse("manifest.missing", "There is no manifest.csv"),
        ManifestUnreadable = Refuse("manifest.unreadable", "manifest.csv is not a table of propertyName and value"),
        ManifestVersion = Refuse("manifest.version", "The manifest names a version other than 1.1 and 1.2"),
        ManifestMode = Refuse("manifest.mode", "A mode in the manifest is not absent, bulk or delta"),
        ColumnMissing = Refuse("column.missing", "A file lacks a column that every row must fill"),
        ColumnTwice = Refuse("column.twice", "A file has a column twice"),
        RowTooLong = Refuse("row.too_long", "A row is longer than the limit; mostly a quote that is never closed"),
        RowSwallowing = Refuse("row.swallowing", "A quote that is not closed swallows the rows below it"),

        RestSettings = Refuse("rest.settings", "An id, a secret or an address of the source is not set"),
        RestUnreachable = Refuse("rest.unreachable", "The source does not answer, or with nothing usable"),
        RestUnauthorized = Refuse("rest.unauthorized", "The source does not know us: id, secret, token or clock"),
        RestNotFound = Refuse("rest.not_found", "There is no OneRoster at the address"),
        RestAddress = Refuse("rest.address", "The source is at an address that is not allowed, or sends us to another"),
        RestNothing = Refuse("rest.nothing", "The source lets us read nothing"),
        RestBusy = Refuse("rest.busy", "The source is too busy, again and again"),
        RestTooHeavy = Refuse("rest.too_heavy", "The source fails over pages however small"),
        RestServerError = Refuse("rest.server_error", "The source fails for row after row"),
        RestBadRequest = Refuse("rest.bad_request", "The source does not take the plainest request"),
        RestPageBroken = Refuse("rest.page_broken", "A page is cut off or no page, however often it is asked"),
        RestUnstable = Refuse("rest.unstable", "A collection was another each time it was read"),
        RestBudget = Refuse("rest.budget", "The run needs more requests, or more room, than it may have"),

        RowShort = Reject("row.short", "A row has fewer cells than the header"),
        RowLong = Reject("row.long", "A row has more cells than the header"),
        RowQuotes = Reject("row.quotes", "Text follows a closing quote (`\"Ann \"Annie\" Lee\"`)"),
        EncodingInvalid = Reject("encoding.invalid", "A cell is not in the encoding of the rest of the file"),
        CellMissing = Reject("cell.missing", "A cell that must be filled is empty"),
        CellTooLong = Reject("cell.too_long", "A text has more than 500 characters, or a sourcedId more than 255"),
        ValueUnknown = Reject("value.unknown", "A status, type, role or sign-in flag is no word of the standard"),
        DateUnreadable = Reject("date.unreadable", "A first or last day is not a date such as 2026-08-31"),

        RestRowSkipped = Reject("rest.row_skipped", "The source fails whenever a page holds this row"),

        ManifestNoVersion = Warn("manifest.no_version", "The manifest names no OneRoster version; the files decide"),
        FileIgnored = Warn("file.ignored", "A CSV file is not announced in the manifest; it is not read"),
        ColumnAlias = Warn("column.alias", "A column has a name that is known to mean another one"),
        ColumnAbsent = Warn("column.absent", "A column of the standard is not there; its cells count as empty"),
        ColumnUnknown = Warn("column.unknown", "A column is neither of the standard nor a `metadata.` one"),
        EncodingConverted = Warn("encoding.converted", "A file is in Windows-1252 or UTF-16 instead of UTF-8"),
        TextDamaged = Warn("text.damaged", "A text holds replacement characters: the sending system has lost letters"),
        CellLeftOut = Warn("cell.left_out", "A cell that the standard requires is empty; the row is read without it"),
        ValueReplaced = Warn("value.replaced", "A word of less weight is not the standard's; the usual one is taken"),
        ValueDropped = Warn("value.dropped", "A value of less weight cannot be read; the row is read without it"),
        RowPadded = Warn("row.padded", "A row is short, but only in columns that are not read"),
        CellMisplaced = Warn("cell.misplaced",
            "A cell of a supplementary file says something about a pair in a row about one person, or the reverse"),
        RestNotGranted = Warn("rest.not_granted", "We may not read a collection (403); what is known of it stays"),
        RestNotOffered = Warn("rest.not_offered", "The source has no such collection (404); what is known of it stays"),
        RestTotal = Warn("rest.total", "The source counts other rows than it sends; nothing missing is ended"),
        RestRequests = Warn("rest.requests", "How many requests the run made; nothing is wrong"),
        ReferenceMatched = Warn("reference.matched", "A reference is written otherwise than the only key that fits");

    public static IReadOnlyList<OneRosterRule> All => all;

    private static OneRosterRule Refuse(string code, string defect) => Known(code, FindingEffect.RunRejected, defect);

    private static OneRosterRule Reject(string code, string defect) => Known(code, FindingEffect.RowRejected, defect);

    private static OneRosterRule Warn(string code, string defect) => Known(code, FindingEffect.Warning, defect);

    private static OneRosterRule Known(string code, FindingEffect effect, string defect)
    {
        var rule = new OneRosterRule(code, effect, defect);
        all.Add(rule);

        return rule;
    }
}
