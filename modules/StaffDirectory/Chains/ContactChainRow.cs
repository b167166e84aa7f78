using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.StaffDirectory;

/// <summary>Whom somebody asks about an area, and whom next.</summary>
internal sealed record ContactChainRow
{
    /// <summary>Computed from area, school and audience.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>What one needs.</summary>
    [Filterable, ID<AreaRow>]
    public Guid AreaId { get; init; }

    /// <summary>For whose school; null for the whole district.</summary>
    [Filterable, ID("School")]
    public Guid? SchoolId { get; init; }

    /// <summary>family or staff.</summary>
    [GraphQLIgnore]
    public string Audience { get; init; } = "";

    /// <summary>How often it was said; the log has what was said before.</summary>
    public int Version { get; init; }

    /// <summary>Whether it holds no longer.</summary>
    public bool IsRetired { get; init; }

    /// <summary>Positions of the steps, the first coming first.</summary>
    [GraphQLIgnore]
    public Guid[] Positions { get; init; } = [];

    /// <summary>school or district, per step.</summary>
    [GraphQLIgnore]
    public string[] Places { get; init; } = [];

    /// <summary>When they can be reached, per step; empty where nothing is said.</summary>
    [GraphQLIgnore]
    public string[] Hours { get; init; } = [];

    /// <summary>Business days after which one may move on, per step; 0 where nothing is said.</summary>
    [GraphQLIgnore]
    public int[] MoveOnAfter { get; init; } = [];
}

internal sealed class ContactChainList : SingleStreamProjection<ContactChain, ContactChainRow>
{
    public override ContactChainRow? Row(ContactChain aggregate) => aggregate.Said is not { } said ? null : new()
    {
        Id = aggregate.Id,
        AreaId = said.Area,
        SchoolId = said.School,
        Audience = said.Audience,
        Version = said.Version,
        IsRetired = aggregate.IsRetired,
        Positions = [.. said.Steps.Select(step => step.Position)],
        Places = [.. said.Steps.Select(step => step.Place)],
        Hours = [.. said.Steps.Select(step => step.Hours ?? "")],
        MoveOnAfter = [.. said.Steps.Select(step => step.MoveOnAfter ?? 0)],
    };
}
