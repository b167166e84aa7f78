using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What can have happened to the district's list of directory information.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record DirectoryInformationEvent
{
    /// <summary>Families were told what is directory information.</summary>
    /// <param name="Categories">What.</param>
    /// <param name="NoticeDate">When they were told.</param>
    /// <param name="LimitedTo">Who alone may have it; empty for everybody.</param>
    /// <param name="By">Id of who said so.</param>
    /// <param name="At">When.</param>
    public sealed record Named(
        string[] Categories, DateOnly NoticeDate, string[] LimitedTo, string? By, DateTimeOffset At)
        : DirectoryInformationEvent;
}

/// <summary>The district's list, folded from its events. There is one.</summary>
internal sealed record DirectoryInformation(Guid Id)
{
    /// <summary>Stored name of the stream.</summary>
    public const string StreamKind = "directory_information";

    /// <summary>Its id.</summary>
    public static readonly Guid TheOne = RosterId.Of("", "directory", "information");

    public DirectoryInformationEvent.Named? Named { get; init; }

    public static DirectoryInformation Evolve(DirectoryInformation list, object happened) => happened switch
    {
        DirectoryInformationEvent.Named e => list with { Named = e },
        _ => throw new UnreachableException(
            $"{happened.GetType().Name} is not folded into {nameof(DirectoryInformation)}."),
    };

    /// <summary>Whether this is what it says already.</summary>
    public bool Says(string[] categories, DateOnly noticeDate, string[] limitedTo) => Named is { } said
        && said.NoticeDate == noticeDate
        && said.Categories.SequenceEqual(categories) && said.LimitedTo.SequenceEqual(limitedTo);

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<DirectoryInformationEvent.Named>("roster.directory_named");
        store.Aggregates.Add<DirectoryInformation>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<DirectoryInformationList>(ProjectionLifecycle.Inline);
        store.Tables.Add<DirectoryInformationRow>("roster.directory_information", 1, t => t
            .Key(x => x.Id)
            .FollowsStream());
    }
}
