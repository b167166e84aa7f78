using System.Globalization;

namespace K12Hub.District.Serving;

/// <summary>What a served district does wrong, as real systems do. Each has a name, and some a value:
/// <c>cap:50</c>.</summary>
public sealed class Faults
{
    private readonly Dictionary<string, string> values;

    private Faults(Dictionary<string, string> values) => this.values = values;

    /// <summary>Nothing is wrong.</summary>
    public static Faults None { get; } = new([]);

    /// <summary>Whether something is wrong with what a row says, so that rows are written anew.</summary>
    internal bool ChangeRows => FaultCatalogue.All.Any(fault => fault.InRows && Has(fault.Name));

    /// <summary>Reads faults as they are written on the command line.</summary>
    /// <exception cref="ArgumentException">A name is not in <see cref="FaultCatalogue"/>.</exception>
    public static Faults Parse(params IEnumerable<string> written)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var one in written)
        {
            var (name, value) = one.Split(':', 2) is [var before, var after] ? (before, after) : (one, "");
            if (FaultCatalogue.All.All(fault => fault.Name != name))
                throw new ArgumentException($"There is no fault {name}; --help lists them.", nameof(written));

            values[name] = values.TryGetValue(name, out var more) ? $"{more},{value}" : value;
        }

        return new(values);
    }

    /// <summary>Whether it is switched on.</summary>
    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Its number, or the usual one; null when it is switched off.</summary>
    public int? Number(string name) =>
        !values.TryGetValue(name, out var value) ? null
        : value.Length > 0 ? int.Parse(value, CultureInfo.InvariantCulture)
        : FaultCatalogue.All.First(fault => fault.Name == name).Usual;

    /// <summary>Whether it is switched on for this word, as <c>forbidden:demographics</c> is.</summary>
    public bool Names(string name, string word) =>
        values.TryGetValue(name, out var value) && value.Split(',').Contains(word);

    /// <summary>Whether it strikes the n-th request, counted from 1.</summary>
    public bool Strikes(string name, long request) =>
        Number(name) is { } every && request % every == 0 && request > (Number("after") ?? 0);
}

/// <summary>A thing that can be switched on.</summary>
/// <param name="Name">As written after <c>--fault</c>.</param>
/// <param name="What">What it does, in one line; N is its number.</param>
/// <param name="Usual">Its number unless another is given.</param>
/// <param name="InRows">Whether it changes what rows say.</param>
public sealed record Fault(string Name, string What, int Usual = 0, bool InRows = false);

/// <summary>All faults there are.</summary>
public static class FaultCatalogue
{
    /// <summary>In the order of <c>--help</c>.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("cap", "gives at most N rows (50) however many are asked for, and does not say so", 50),
        new("dropTotal", "sends no X-Total-Count"),
        new("dropLink", "sends no Link"),
        new("nextLoop", "Link's next leads to the same page, on another host"),
        new("shuffle", "the order is another in every request, unless sort is asked for"),
        new("noSort", "answers N (400) to sort", 400),
        new("overlap", "in the first N walks (1) every page repeats a row of the one before", 1),
        new("skip", "in the first N walks (1) a row is left out before every page", 1),
        new("total", "X-Total-Count is N (7) too large", 7),
        new("movingTotal", "in the first N walks (1) X-Total-Count grows with every page", 1),
        new("revision", "in the first N walks (1) x-perm-rev is another on every page", 1),
        new("heavy", "answers 504 when more than N rows (100) are asked for", 100),
        new("truncate", "cuts every N-th page (4) short of its Content-Length", 4),
        new("cut", "cuts every N-th page (4) within a row, with a fitting Content-Length", 4),
        new("reset", "resets the connection within every N-th page (4)", 4),
        new("every503", "answers 503 to every N-th request (4)", 4),
        new("every500", "answers 500 to every N-th request (4)", 4),
        new("every400", "answers 400 to every N-th request (4)", 4),
        new("after", "what strikes every N-th request begins after that many (3)", 3),
        new("429", "answers 429 with Retry-After in seconds to every N-th request (4)", 4),
        new("429date", "answers 429 with Retry-After as a date to every N-th request (4)", 4),
        new("429bare", "answers 429 without Retry-After to every N-th request (4)", 4),
        new("expireAfter", "a token is good for N requests (5)", 5),
        new("bareToken", "the token comes without expires_in and token_type"),
        new("formOnly", "takes id and secret in the form only"),
        new("queryOnly", "takes id and secret in the query only"),
        new("basicOnly", "takes id and secret as Basic only"),
        new("forbidden", "answers 403 to a collection: forbidden:demographics"),
        new("missing", "answers 404 to a collection: missing:demographics"),
        new("html", "answers every N-th page (4) with a sign-in page and 200", 4),
        new("errorBody", "answers every N-th page (4) with an error and 200", 4),
        new("bareArray", "answers every N-th page (4) with an array without envelope", 4),
        new("strictQuery", "answers 400 to parameters it does not know"),
        new("noFields", "answers 400 to fields"),
        new("noFilter", "answers N (400) to filter", 400),
        new("ignoreFilter", "sends everything whatever the filter"),
        new("purge", "sends no tobedeleted rows"),
        new("badRow", "answers 500 to every page that holds the N-th row (30) of enrollments", 30),
        new("redirect", "sends readers to another host"),
        new("nullDates", "dateLastModified is null everywhere", InRows: true),
        new("oddDates", "dateLastModified as 2026-08-17T06:00:00.000+0", InRows: true),
        new("noAgents", "nobody has agents", InRows: true),
        new("upper", "references are in another case than the keys", InRows: true),
        new("braces", "references stand in braces", InRows: true),
        new("trim", "references have blanks at their end", InRows: true),
        new("stringRefs", "references are strings, with the names of the CSV files", InRows: true),
        new("roleMap", "teachers are Faculty", InRows: true),
        new("oddBooleans", "booleans as True, t and 1", InRows: true),
        new("nulls", "what is empty is there as null", InRows: true),
        new("passwords", "users carry passwords", InRows: true),
        new("swapped", "users of 1.2 on the path of 1.1, and the reverse"),
    ];
}
