using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;
using K12Hub.OneRoster.Rest.Access;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Rest.Walking;

/// <summary>What one pass through a collection brought.</summary>
/// <param name="Rows">Rows received.</param>
/// <param name="Distinct">Of these, different ones.</param>
/// <param name="Skipped">Rows the source cannot send.</param>
/// <param name="Total">What the source says there are; null when it does not.</param>
/// <param name="Digest">Mark of the set of keys.</param>
/// <param name="Moved">Whether the collection changed under us.</param>
internal sealed record PassResult(int Rows, int Distinct, int Skipped, int? Total, ulong Digest, bool Moved)
{
    public static PassResult Nothing { get; } = new(0, 0, 0, null, 0, Moved: false);

    /// <summary>Set when the pass ended the walk.</summary>
    public WalkEnd? End { get; init; }

    /// <summary>Set when it must be done again with another question, which is not the source's instability.</summary>
    public bool AskedWrongly { get; init; }

    public bool IsClean => !Moved && Distinct == Rows && (Total is null || Total == Rows + Skipped);

    public bool IsSameAs(PassResult? other) => other is not null && !Moved && !other.Moved
        && (Rows, Distinct, Total, Digest) == (other.Rows, other.Distinct, other.Total, other.Digest);
}

/// <summary>One pass through a collection, page by page. The next page begins after the rows received, never after
/// those asked for: many sources give fewer than that without saying so. It ends with an empty page or at the total,
/// never with a short page.</summary>
internal sealed class WalkPass
{
    private const int FewestRows = 50, MostTries = 6, MostWaits = 10, MostSkipped = 20, MostSkippedInARow = 3;

    private readonly WireTable table;
    private readonly RestClient client;
    private readonly SourceProfile profile;
    private readonly SourceAbilities abilities;
    private readonly Spool spool;
    private readonly Pauses pauses;
    private readonly WirePage page;
    private readonly KeySet keys = new();
    private readonly List<ulong> pageKeys = [];
    private readonly List<int> skipped;
    private readonly Moments moments = new();
    private readonly long maxBytes;
    private PageQuery asked;
    private bool unfiltered;
    private int limit, ceiling, offset, tries, waits, skippedInARow, pages;

    public WalkPass(WireTable table, RestClient client, SourceProfile profile, SourceAbilities abilities,
        Spool spool, Pauses pauses, OneRosterSettings limits, List<int> skipped)
    {
        (this.table, this.client, this.profile, this.abilities) = (table, client, profile, abilities);
        (this.spool, this.pauses, this.skipped) = (spool, pauses, skipped);
        page = new(table.Collection, new(table, profile.RoleWords), limits.MaxRowBytes, Take);
        maxBytes = limits.MaxFileBytes;
        limit = ceiling = profile.PageSize;
        asked = Asked();
        offset = spool.Mark.Offset;
        var cells = new SpooledCells(spool.Mark.Sent);
        foreach (var (bytes, start, line) in spool.Rows())
        {
            cells.Take(bytes, start, table.Columns.All.Count, line);
            keys.Add(KeySet.Hash(cells.Cell(table.Columns.Key)));
        }
    }

    private string Endpoint => table.Collection;

    /// <summary>Whether nothing was received yet, in this pass or before it was cut off.</summary>
    private bool IsNew => pages == 0 && spool.Mark.Rows == 0;

    public async Task<PassResult> RunAsync(CancellationToken ct)
    {
        while (true)
        {
            spool.Rollback();
            pageKeys.Clear();
            unfiltered = false;
            var answer = await client.AskAsync(asked with { Limit = limit, Offset = offset }, page, ct);
            var done = answer.Kind switch
            {
                PageKind.Rows => Received(answer),
                PageKind.Wait => await WaitAsync(answer, ct),
                PageKind.TooHeavy => await LessAsync(answer, ct),
                PageKind.ServerError => await IsolateAsync(answer, ct),
                PageKind.Broken => await RepeatAsync(answer, ct),
                PageKind.BadRequest => Simplify(answer),
                _ => Ended(answer),
            };
            if (done is not null) return done;
        }
    }

    /// <summary>What is asked for, the same for all pages of a pass whatever other walks find out meanwhile.</summary>
    private PageQuery Asked() => new(profile.PathOf(Endpoint), limit, offset)
    {
        Sorted = abilities.Sort,
        Since = abilities.Since,
        Fields = abilities.Fields ? table.Fields : null,
    };

    private void Take(CellBuffer cells)
    {
        spool.Add(cells);
        pageKeys.Add(KeySet.Hash(cells.Cell(table.Columns.Key.Ordinal)));
        if (asked.Since is not { } from) return;
        var date = cells.Cell(WireTable.DateOrdinal);
        unfiltered |= date.IsEmpty || (moments.TryParse(date, out var changed) && changed <= from);
    }

    private PassResult? Received(PageAnswer answer)
    {
        (tries, waits) = (0, 0);
        if (unfiltered)
        {
            abilities.Since = null;
            return PassResult.Nothing with { AskedWrongly = true };
        }

        var isFirst = IsNew;
        pages++;
        if (!isFirst && (answer.Total != spool.Mark.Total || answer.Revision != spool.Mark.Revision))
            return Result(moved: true);

        var unseen = pageKeys.Count(keys.Add);
        offset += answer.Rows;
        spool.Commit(offset, answer.Total, answer.Revision, asked.Since is not null);
        if (spool.Mark.Length > maxBytes)
        {
            return Refused(OneRosterRules.RestBudget,
                "has no end: there is more than OneRoster:MaxFileMegabytes allows of one collection.");
        }

        if (answer.Rows == 0 || offset >= answer.Total) return Result(moved: false);
        // The source gives the same page for ever; what is missing cannot be known.
        if (unseen == 0) return Result(moved: true);

        skippedInARow = 0;
        if (limit < ceiling) limit = Math.Min(ceiling, limit * 2);
        return null;
    }

    private PassResult Result(bool moved) =>
        new(spool.Mark.Rows, keys.Count, skipped.Count, spool.Mark.Total, keys.Digest, moved);

    private async ValueTask<PassResult?> WaitAsync(PageAnswer answer, CancellationToken ct)
    {
        if (++waits > MostWaits)
            return Refused(OneRosterRules.RestBusy, $"{answer.Why}, again and again. Import at another hour.");
        await pauses.WaitAsync(answer.Pause, waits, ct);

        return null;
    }

    /// <summary>A page that is too much for a source stays too much; half of it may not be.</summary>
    private async ValueTask<PassResult?> LessAsync(PageAnswer answer, CancellationToken ct)
    {
        if (limit > FewestRows)
        {
            limit = ceiling = Math.Max(FewestRows, limit / 2);
            return null;
        }

        if (++tries > MostTries)
            return Refused(OneRosterRules.RestTooHeavy, $"{answer.Why}, even for {limit} rows.");
        await pauses.WaitAsync(null, tries, ct);

        return null;
    }

    /// <summary>The query may be at fault, or one row: halves the page until the row stands alone, and does without
    /// it.</summary>
    private async ValueTask<PassResult?> IsolateAsync(PageAnswer answer, CancellationToken ct)
    {
        if (++tries == 1)
        {
            await pauses.WaitAsync(null, tries, ct);
            return null;
        }

        if (IsNew && abilities.DropOne(asked))
        {
            asked = Asked();
            return null;
        }

        if (limit > 1)
        {
            limit /= 2;
            return null;
        }

        if (skipped.Count == MostSkipped || ++skippedInARow > MostSkippedInARow)
            return Refused(OneRosterRules.RestServerError, $"{answer.Why} for one row after the other.");
        skipped.Add(++offset);
        tries = 0;
        spool.Commit(offset, spool.Mark.Total, spool.Mark.Revision, asked.Since is not null);
        if (offset >= spool.Mark.Total) return Result(moved: false);

        return null;
    }

    private async ValueTask<PassResult?> RepeatAsync(PageAnswer answer, CancellationToken ct)
    {
        if (++tries > MostTries)
            return Refused(OneRosterRules.RestPageBroken, $"{answer.Why}, however often it is asked.");
        await pauses.WaitAsync(null, tries, ct);

        return null;
    }

    private PassResult? Simplify(PageAnswer answer)
    {
        if (!abilities.DropOne(asked)) return Refused(OneRosterRules.RestBadRequest, $"{answer.Why}.");
        asked = Asked();

        // Rows that came in another order, or under another question, do not fit to those that come now.
        return IsNew ? null : PassResult.Nothing with { AskedWrongly = true };
    }

    private PassResult Ended(PageAnswer answer) => answer.Kind switch
    {
        PageKind.NotGranted => Left(OneRosterRules.RestNotGranted.Broken(
            $"The source does not let us read {Endpoint} (403). What is known of it stays as it is.", Endpoint)),
        PageKind.NotThere => Left(OneRosterRules.RestNotOffered.Broken(
            $"The source has no {Endpoint} (404). What is known of it stays as it is.", Endpoint)),
        PageKind.Unauthorized => Refused(OneRosterRules.RestUnauthorized, answer.Why),
        PageKind.Spent => Refused(OneRosterRules.RestBudget,
            "would be one too many: this run has made all its requests. Ask for larger pages, or allow more."),
        _ => Refused(OneRosterRules.RestAddress, $"{answer.Why}."),
    };

    private static PassResult Left(RosterFinding note) =>
        PassResult.Nothing with { End = new(CollectionMode.Absent, [note]) };

    private PassResult Refused(OneRosterRule rule, string why) => PassResult.Nothing with
    {
        End = WalkEnd.Refused(rule.Broken(
            $"The answer for {Endpoint} {why}", Endpoint)),
    };
}
