using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.StaffDirectory;

/// <summary>A person in a position at an organization, from one day to another.</summary>
internal sealed record AssignmentRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Who: a member of staff of the roster. Somebody at three schools is one person.</summary>
    [Filterable, ID("StaffMember")]
    public Guid PersonId { get; init; }

    /// <summary>The position.</summary>
    [Filterable, ID<PositionRow>]
    public Guid PositionId { get; init; }

    /// <summary>Where: a school, a department or the district itself.</summary>
    [Filterable, ID("Organization")]
    public Guid OrganizationId { get; init; }

    /// <summary>The first day; null once the person is erased.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    [Filterable, Sortable]
    public DateOnly? FirstDay { get; init; }

    /// <summary>The last day; null while it is open.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public DateOnly? LastDay { get; init; }

    /// <summary>How much of a whole job it is, above 0 to 1; null once the person is erased.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public decimal? Share { get; init; }

    /// <summary>Whether it is what the person mainly is.</summary>
    public bool IsPrimary { get; init; }
}

internal sealed class AssignmentList : SingleStreamProjection<Assignment, AssignmentRow>
{
    public override AssignmentRow? Row(Assignment aggregate) => aggregate.Assigned is not { } assigned ? null : new()
    {
        Id = aggregate.Id,
        PersonId = assigned.Person,
        PositionId = assigned.Position,
        OrganizationId = assigned.Organization,
        FirstDay = assigned.FirstDay,
        LastDay = aggregate.LastDay,
        Share = assigned.Share,
        IsPrimary = assigned.IsPrimary,
    };
}
