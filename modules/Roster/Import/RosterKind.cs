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

    /// <summary>The statement that reads the records that have ended as they last were.</summary>
    public string EndedRecords { get; init; } = "ended_records";

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

    /// <summary>The column that says whom a record is about whose events are encrypted; null for records that are about
    /// nobody, or say no more of people than who they are by id.</summary>
    public string? PersonColumn { get; init; }

    /// <summary>The column with the organization a record belongs to; null when there is none.</summary>
    public string? SchoolColumn { get; init; }

    /// <summary>Stages a record as an event tells it.</summary>
    /// <returns>False when it tells no more of it, because the person was erased.</returns>
    public abstract bool StageAgain(Guid id, object happened, CopyRow row);

    /// <summary>Makes the event of a change out of a staged or stored record.</summary>
    /// <param name="change">What happened.</param>
    /// <param name="id">The record's id.</param>
    /// <param name="facts">The record.</param>
    /// <param name="erased">Those of whom nothing is kept.</param>
    public abstract object Event(RosterChange change, Guid id, StagedReader facts, ErasedPeople erased);
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

    /// <summary>Whom a record is about, by its id and what it says.</summary>
    public Func<Guid, TFacts, Guid>? Person { get; init; }

    /// <inheritdoc/>
    public override bool StageAgain(Guid id, object happened, CopyRow row)
    {
        var record = happened is PersonEvent<TFacts> person ? person.Record : (happened as RosterEvent<TFacts>)?.Record;
        if (record is null) return false;

        FactsWriter<TFacts>.Write(record, row.Begin(fields));
        foreach (var _ in TFacts.References) row.Text(null);
        row.Id(id).Hash().Int(0).Flag(false);
        return true;
    }

    /// <inheritdoc/>
    public override object Event(RosterChange change, Guid id, StagedReader facts, ErasedPeople erased)
    {
        var record = TFacts.Read(facts);
        if (Person is null) return Event(change, record);

        var person = Person(id, record);
        return Event(change, person, erased.Contains(person) ? null : record);
    }

    /// <inheritdoc/>
    public override void MapEvents(EventMap events)
    {
        if (Person is not null)
        {
            events.MapEventType<PersonEvent<TFacts>.Added>($"roster.{Noun}_added");
            events.MapEventType<PersonEvent<TFacts>.Changed>($"roster.{Noun}_changed");
            events.MapEventType<PersonEvent<TFacts>.Ended>($"roster.{Noun}_ended");
            events.MapEventType<PersonEvent<TFacts>.Returned>($"roster.{Noun}_returned");
            events.MapEventType<PersonEvent<TFacts>.Withdrawn>($"roster.{Noun}_withdrawn");
            return;
        }

        events.MapEventType<RosterEvent<TFacts>.Added>($"roster.{Noun}_added");
        events.MapEventType<RosterEvent<TFacts>.Changed>($"roster.{Noun}_changed");
        events.MapEventType<RosterEvent<TFacts>.Ended>($"roster.{Noun}_ended");
        events.MapEventType<RosterEvent<TFacts>.Returned>($"roster.{Noun}_returned");
        events.MapEventType<RosterEvent<TFacts>.Withdrawn>($"roster.{Noun}_withdrawn");
    }

    private static RosterEvent<TFacts> Event(RosterChange change, TFacts record) => change switch
    {
        RosterChange.Added => new RosterEvent<TFacts>.Added(record),
        RosterChange.Changed => new RosterEvent<TFacts>.Changed(record),
        RosterChange.Ended => new RosterEvent<TFacts>.Ended(record),
        RosterChange.Returned => new RosterEvent<TFacts>.Returned(record),
        _ => new RosterEvent<TFacts>.Withdrawn(record),
    };

    private static PersonEvent<TFacts> Event(RosterChange change, Guid person, TFacts? record) => change switch
    {
        RosterChange.Added => new PersonEvent<TFacts>.Added { Person = person, Record = record },
        RosterChange.Changed => new PersonEvent<TFacts>.Changed { Person = person, Record = record },
        RosterChange.Ended => new PersonEvent<TFacts>.Ended { Person = person, Record = record },
        RosterChange.Returned => new PersonEvent<TFacts>.Returned { Person = person, Record = record },
        _ => new PersonEvent<TFacts>.Withdrawn { Person = person, Record = record },
    };
}
