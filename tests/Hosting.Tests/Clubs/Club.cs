using System.Diagnostics;

namespace K12Hub.Hosting.Tests.Clubs;

/// <summary>What can have happened to a club. These shapes are stored for ever.</summary>
internal abstract record ClubEvent
{
    public sealed record Opened(string Name, int Seats, Guid? Partner) : ClubEvent;
    public sealed record Renamed(string Name) : ClubEvent;
    public sealed record Joined(int Members) : ClubEvent;
}

/// <summary>What the rules need to know of a club; folded from its events.</summary>
internal sealed record Club(Guid Id, bool IsOpen, string Name, int Seats, int Taken, Guid? Partner)
{
    public static readonly Club Unknown = new(default, false, "", 0, 0, null);

    public static Club Evolve(Club club, object happened) => happened switch
    {
        ClubEvent.Opened e => club with { IsOpen = true, Name = e.Name, Seats = e.Seats, Partner = e.Partner },
        ClubEvent.Renamed e => club with { Name = e.Name },
        ClubEvent.Joined e => club with { Taken = club.Taken + e.Members },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Club."),
    };
}
