namespace K12Hub.EventStore.Faults;

/// <summary>One line of a ledger: which command wrote it, and how many lines that command wrote in all.</summary>
internal sealed record LinePosted(Guid Command, int Of);

/// <summary>What the writers write to.</summary>
internal sealed record Ledger(Guid Id, int Lines, Guid Last)
{
    public static Ledger Evolve(Ledger ledger, object happened) => happened switch
    {
        LinePosted e => ledger with { Lines = ledger.Lines + 1, Last = e.Command },
        _ => ledger,
    };
}

/// <summary>A ledger's row, written with its events.</summary>
internal sealed record LedgerRow(Guid Id, int Lines, Guid Last);

internal sealed class Ledgers : SingleStreamProjection<Ledger, LedgerRow>
{
    public override LedgerRow? Row(Ledger aggregate) => new(aggregate.Id, aggregate.Lines, aggregate.Last);
}

/// <summary>What a reader in the background counted of one stream, and whether versions came one after the
/// other.</summary>
internal sealed record CountRow(Guid Id, int Lines, int Version, bool InOrder);

internal sealed class Counted : MultiStreamProjection<CountRow, Guid>
{
    public Counted() => Identity<LinePosted>((_, envelope) => envelope.StreamId);

    public override CountRow? Evolve(CountRow? row, Guid key, RecordedEvent happened) => new(
        key, (row?.Lines ?? 0) + 1, happened.Version,
        (row?.InOrder ?? true) && happened.Version == (row?.Version ?? 0) + 1);
}
