using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Keeps what the roster said from when to when, and makes the movement ledger of it.</summary>
/// <remarks>
/// Every event about a person, a place or a class is one line, stored in bulk. When the event comes that says that
/// their run has ended, a few statements go over the lines of that run alone: they end the lines that hold no longer,
/// and bring the ledger of everybody whom the run is about in line with what is known now. So a night costs what has
/// changed in it, and a run that was taken back has never been.
/// </remarks>
internal sealed class RosterHistory : EventProjection
{
    private static readonly string Applied = RunRecord.Word(ImportStatus.Applied);
    private static readonly string RolledBack = RunRecord.Word(ImportStatus.RolledBack);

    private static readonly string Close = SqlFile.Fill("history_close");
    private static readonly string Settle = SqlFile.Fill("history_settle");
    private static readonly string TakeBack = SqlFile.Fill("history_take_back");
    private static readonly string Forget = SqlFile.Fill("history_forget");
    private static readonly string Movements = SqlFile.Fill("history_movements");

    /// <summary>Says what each event is a line of.</summary>
    public RosterHistory()
    {
        Writes<SpanRow>();
        Writes<HistoryRunRow>();
        Writes<MovementRow>();
        OfRecords<OrganizationFacts>((_, org) => new() { Kind = SpanKind.Organization, Role = org.Type });
        OfRecords<AcademicSessionFacts>((_, session) => new()
        {
            Kind = SpanKind.Session, Role = session.Type, BeginDate = session.StartDate, EndDate = session.EndDate,
        });
        OfRecords<ClassFacts>((_, group) => new() { Kind = SpanKind.Class, PlaceId = group.SchoolId });
        OfRecords<EnrollmentFacts>((_, part) => new()
        {
            Kind = SpanKind.Enrollment, PersonId = part.PersonId, PlaceId = part.SchoolId, ClassId = part.ClassId,
            Role = part.Role, IsPrimary = part.IsPrimary, BeginDate = part.BeginDate, EndDate = part.EndDate,
        });
        OfPeople<PersonFacts>(SpanKind.Person, (line, person) => line with
        {
            PlaceId = person.PrimaryOrganizationId, Grade = person.Grades is [var grade, ..] ? grade : null,
        });
        OfPeople<RoleFacts>(SpanKind.Role, (line, role) => line with
        {
            PlaceId = role.OrganizationId, Role = role.Role, IsPrimary = role.IsPrimary, BeginDate = role.BeginDate,
            EndDate = role.EndDate,
        });
        OfPeople<MissingUserFacts>(SpanKind.Missing, (line, missing) => line with
        {
            BeginDate = missing.Since is { } since ? DateOnly.FromDateTime(since.UtcDateTime) : null,
        });
        OfPeople<SupplementFacts>(SpanKind.Supplement, (line, person) => line with
        {
            Reason = person.ExitReason, Destination = person.ExitDestination,
        });
        Project<SyncRunFinished>((run, e, rows) => End(run.Status, run.Source, run.AppliedAt, e, rows));
        Project<SyncRunDecided>((run, e, rows) => End(run.Status, run.Source, run.AppliedAt, e, rows));
    }

    /// <inheritdoc/>
    public override string Name => "roster.history";

    private static void End(
        string status, string source, DateTimeOffset? appliedAt, RecordedEvent e, IRowOperations rows)
    {
        var run = e.StreamId;
        var at = (appliedAt ?? e.RecordedAt).ToUniversalTime();
        if (status == Applied)
        {
            rows.Store(new HistoryRunRow { RunId = run, Position = e.Position, Source = source, At = at });
            rows.QueueSqlCommand<SpanRow>(Close, run);
            rows.QueueSqlCommand<SpanRow>(Settle, run);
            rows.QueueSqlCommand<MovementRow>(Movements, run, at);
        }
        else if (status == RolledBack)
        {
            rows.QueueSqlCommand<SpanRow>(TakeBack, run);
            rows.QueueSqlCommand<MovementRow>(Movements, run, at);
            rows.QueueSqlCommand<SpanRow>(Forget, run);
            rows.Delete<HistoryRunRow, Guid>(run);
        }
    }

    private void OfRecords<TFacts>(Func<RecordedEvent, TFacts, SpanRow> line)
    {
        Project<RosterEvent<TFacts>.Added>((said, e, rows) => Begin(line(e, said.Record), e, rows));
        Project<RosterEvent<TFacts>.Changed>((said, e, rows) => Begin(line(e, said.Record), e, rows));
        Project<RosterEvent<TFacts>.Returned>((said, e, rows) => Begin(line(e, said.Record), e, rows));
        Project<RosterEvent<TFacts>.Ended>((said, e, rows) => Finish(line(e, said.Record), e, rows));
        Project<RosterEvent<TFacts>.Withdrawn>((said, e, rows) => Finish(line(e, said.Record), e, rows));
    }

    /// <summary>Of somebody who was erased it is only known that there was a record.</summary>
    private void OfPeople<TFacts>(string kind, Func<SpanRow, TFacts, SpanRow> line)
        where TFacts : class
    {
        SpanRow Line(PersonEvent<TFacts> said)
        {
            var bare = new SpanRow { Kind = kind, PersonId = said.Person };
            return said.Record is { } record ? line(bare, record) : bare;
        }

        Project<PersonEvent<TFacts>.Added>((said, e, rows) => Begin(Line(said), e, rows));
        Project<PersonEvent<TFacts>.Changed>((said, e, rows) => Begin(Line(said), e, rows));
        Project<PersonEvent<TFacts>.Returned>((said, e, rows) => Begin(Line(said), e, rows));
        Project<PersonEvent<TFacts>.Ended>((said, e, rows) => Finish(Line(said), e, rows));
        Project<PersonEvent<TFacts>.Withdrawn>((said, e, rows) => Finish(Line(said), e, rows));
    }

    private static void Begin(SpanRow line, RecordedEvent e, IRowOperations rows) =>
        rows.Store(Placed(line, e));

    /// <summary>An end stands until the run has ended, to end what held before.</summary>
    private static void Finish(SpanRow line, RecordedEvent e, IRowOperations rows) =>
        rows.Store(Placed(line, e) with { UntilPosition = e.Position });

    private static SpanRow Placed(SpanRow line, RecordedEvent e) => line with
    {
        RecordId = e.StreamId, Version = e.Version, FromPosition = e.Position,
        RunId = e.Metadata.CorrelationId ?? Guid.Empty,
    };
}
