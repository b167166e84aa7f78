using System.Globalization;
using System.Text.Json;
using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>One of the eight kinds of roster record: its name in each place, and its columns.</summary>
internal abstract class RosterKind
{
    /// <summary>OneRoster's name: <c>academicSessions</c>.</summary>
    public required string Collection { get; init; }

    /// <summary>The name of one, in stream kinds and event names: <c>academic_session</c>.</summary>
    public required string Noun { get; init; }

    /// <summary>The view that is read: <c>roster.academic_sessions</c>.</summary>
    public required string View { get; init; }

    /// <summary>Number of the table's shape.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The table behind the view: <c>roster.academic_sessions_v1</c>.</summary>
    public string Rows => string.Create(CultureInfo.InvariantCulture, $"{View}_v{Version}");

    /// <summary>Where a run puts what the source sends.</summary>
    public string Staged => "staged_" + Noun;

    /// <summary>Where a run notes what is to be done.</summary>
    public string Changes => "changed_" + Noun;

    /// <summary>What of it is to be stored, with the staged columns.</summary>
    public string Sent => "sent_" + Noun;

    /// <summary>Columns that hold what the source says.</summary>
    public abstract IReadOnlyList<string> FactColumns { get; }

    /// <summary>Staged columns that hold references as the source wrote them.</summary>
    public abstract IReadOnlyList<string> ReferenceColumns { get; }

    /// <summary>All columns of the staging table, in the order in which they are written.</summary>
    public IEnumerable<string> StagedColumns =>
        [.. FactColumns, .. ReferenceColumns, "id", "row_hash", "line", "deleted"];

    /// <summary>Gives the four things that can happen to a record of this kind their stored names.</summary>
    public abstract void MapEvents(EventMap events);

    /// <summary>Opens a COPY into the staging table.</summary>
    public Task<CopyRow> OpenCopyAsync(NpgsqlConnection connection, CancellationToken ct) => CopyRow.OpenAsync(
        connection, $"copy {Staged} ({string.Join(", ", StagedColumns)}) from stdin (format binary)", ct);

    /// <summary>Makes the event of a change out of a staged or stored record.</summary>
    public abstract object Event(RosterChange change, StagedReader facts);
}

/// <inheritdoc/>
internal sealed class RosterKind<TRecord, TFacts> : RosterKind
    where TRecord : RosterRecord
    where TFacts : class, IRosterFacts<TRecord, TFacts>
{
    private static readonly string[] Facts =
        [.. typeof(TFacts).GetProperties().Select(fact => JsonNamingPolicy.SnakeCaseLower.ConvertName(fact.Name))
            .Where(name => name is not "equality_contract" and not "references")];

    private readonly int fields = Facts.Length + TFacts.References.Length + 4;

    /// <inheritdoc/>
    public override IReadOnlyList<string> FactColumns => Facts;

    /// <inheritdoc/>
    public override IReadOnlyList<string> ReferenceColumns => TFacts.References;

    /// <summary>Writes one record into an open COPY.</summary>
    public void Stage(TRecord record, RosterIds ids, CopyRow row)
    {
        TFacts.Stage(record, ids, row.Begin(fields));
        row.Id(ids.Of(Collection, record.SourcedId))
            .Hash()
            .Int(record.Line)
            .Flag(record.Status is RecordStatus.ToBeDeleted);
    }

    /// <inheritdoc/>
    public override object Event(RosterChange change, StagedReader facts) => change switch
    {
        RosterChange.Added => new RosterEvent<TFacts>.Added(TFacts.Read(facts)),
        RosterChange.Changed => new RosterEvent<TFacts>.Changed(TFacts.Read(facts)),
        RosterChange.Ended => new RosterEvent<TFacts>.Ended(TFacts.Read(facts)),
        _ => new RosterEvent<TFacts>.Returned(TFacts.Read(facts)),
    };

    /// <inheritdoc/>
    public override void MapEvents(EventMap events)
    {
        events.MapEventType<RosterEvent<TFacts>.Added>($"roster.{Noun}_added");
        events.MapEventType<RosterEvent<TFacts>.Changed>($"roster.{Noun}_changed");
        events.MapEventType<RosterEvent<TFacts>.Ended>($"roster.{Noun}_ended");
        events.MapEventType<RosterEvent<TFacts>.Returned>($"roster.{Noun}_returned");
    }
}
