using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.StaffDirectory;

/// <summary>Days on which somebody is away, and who stands in. Never why.</summary>
internal sealed record AbsenceRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Who is away.</summary>
    [Filterable, ID("StaffMember")]
    public Guid PersonId { get; init; }

    /// <summary>The first day; null once the person is erased.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    [Filterable, Sortable]
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day; null once the person is erased.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateOnly? LastDay { get; init; }

    /// <summary>Who stands in; null for nobody.</summary>
    [Filterable, ID("StaffMember")]
    public Guid? DeputyId { get; init; }

    /// <summary>Whether the person is there after all.</summary>
    public bool IsCancelled { get; init; }
}

internal sealed class AbsenceList : SingleStreamProjection<Absence, AbsenceRow>
{
    public override AbsenceRow? Row(Absence aggregate) => aggregate.Planned is not { } planned ? null : new()
    {
        Id = aggregate.Id,
        PersonId = planned.Person,
        FirstDay = planned.FirstDay,
        LastDay = aggregate.LastDay,
        DeputyId = planned.Deputy,
        IsCancelled = aggregate.IsCancelled,
    };
}
