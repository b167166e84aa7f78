using K12Hub.GraphQL;

namespace K12Hub.Hosting.Tests.Clubs;

/// <summary>Opens a club.</summary>
/// <param name="Name">The name on the door.</param>
/// <param name="Seats">How many children fit in, 1 to 40.</param>
/// <param name="Partner">The club it shares its room with.</param>
[Mutation("openClub", Policy = ClubsModule.Write, Returns = typeof(ClubRow))]
internal sealed record OpenClub(string Name, int Seats, [property: ID<ClubRow>] Guid? Partner) : ICommand<Club>
{
    public static Decision<ClubEvent> Decide(Club club, OpenClub command)
    {
        if (club.IsOpen) return ClubRefusals.AlreadyOpen;
        if (command.Seats is < 1 or > 40) return ClubRefusals.WrongSize.At(nameof(command.Seats));

        return new ClubEvent.Opened(command.Name, command.Seats, command.Partner);
    }
}

/// <summary>Gives a club another name.</summary>
/// <param name="Id">The club.</param>
/// <param name="Name">The new name.</param>
[Mutation("renameClub", Policy = ClubsModule.Write, Returns = typeof(ClubRow))]
internal sealed record RenameClub(Guid Id, string Name) : ICommand<Club>
{
    public static Decision<ClubEvent> Decide(Club club, RenameClub command)
    {
        if (!club.IsOpen) return Refusal.NotFound("club");
        if (club.Name == command.Name) return Decision.Nothing;

        return new ClubEvent.Renamed(command.Name);
    }
}

/// <summary>Takes seats of a club.</summary>
/// <param name="Id">The club.</param>
/// <param name="Members">How many children come.</param>
[Mutation("joinClub", Policy = ClubsModule.Write, Returns = typeof(ClubRow))]
internal sealed partial record JoinClub(Guid Id, int Members) : ICommand<Club>
{
    public static Decision<ClubEvent> Decide(Club club, JoinClub command)
    {
        if (!club.IsOpen) return Refusal.NotFound("club");
        if (club.Taken + command.Members > club.Seats) return ClubRefusals.Full.At(nameof(command.Members));

        return new ClubEvent.Joined(command.Members);
    }
}

internal static class ClubRefusals
{
    public static readonly Refusal AlreadyOpen = new("club.already_open", "This club is open. Rename it instead.");
    public static readonly Refusal WrongSize = new("club.wrong_size", "A club has 1 to 40 seats.");
    public static readonly Refusal Full = new("club.full", "Not enough seats are left. Ask for fewer, or wait.");
}
