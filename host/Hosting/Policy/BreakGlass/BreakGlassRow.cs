using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Hosting;

/// <summary>A private object that somebody asked to see, or was let see for some hours.</summary>
internal sealed record BreakGlassRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The type of the object.</summary>
    public string ObjectType { get; init; } = "";

    /// <summary>The key of the object in its table.</summary>
    [GraphQLIgnore]
    public Guid ObjectKey { get; init; }

    /// <summary>Its topic, whose team it belongs to.</summary>
    [Filterable]
    public Guid? TopicId { get; init; }

    /// <summary>Who asked: id of the account, as it stands in the log.</summary>
    [Filterable]
    public string RequestedBy { get; init; } = "";

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>For how many hours.</summary>
    public int Hours { get; init; }

    /// <summary>When somebody asked.</summary>
    public DateTimeOffset RequestedAt { get; init; }

    /// <summary>Who agreed; null while nobody did.</summary>
    public string? ApprovedBy { get; init; }

    /// <summary>When; null while nobody did.</summary>
    public DateTimeOffset? ApprovedAt { get; init; }

    /// <summary>Until when it is, or was, open to who asked; null while nobody agreed.</summary>
    public DateTimeOffset? OpenUntil { get; init; }

    /// <summary>Who looked at it that had no part in it; null while nobody did.</summary>
    public string? SeenBy { get; init; }

    /// <summary>When; null while nobody did.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}

internal sealed class BreakGlassList : SingleStreamProjection<BreakGlass, BreakGlassRow>
{
    public override BreakGlassRow? Row(BreakGlass aggregate) => aggregate.Request is not { } asked ? null : new()
    {
        Id = aggregate.Id,
        ObjectType = asked.ObjectType,
        ObjectKey = asked.ObjectId,
        TopicId = asked.Topic,
        RequestedBy = asked.By,
        Reason = asked.Reason,
        Hours = asked.Hours,
        RequestedAt = asked.At,
        ApprovedBy = aggregate.Approval?.By,
        ApprovedAt = aggregate.Approval?.At,
        OpenUntil = aggregate.Approval?.Until,
        SeenBy = aggregate.Seen?.By,
        SeenAt = aggregate.Seen?.At,
    };
}
