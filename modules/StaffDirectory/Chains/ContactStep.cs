namespace K12Hub.StaffDirectory;

/// <summary>A step of a chain of contact.</summary>
internal sealed record ContactStepInput
{
    /// <summary>The position's key: bus-dispatcher. One asks whoever is that then.</summary>
    public required string Position { get; init; }

    /// <summary>Where.</summary>
    public required ContactPlace Place { get; init; }

    /// <summary>When they can be reached, in words, never with a name: words stay when somebody is erased. Null for
    /// nothing to say.</summary>
    public string? Hours { get; init; }

    /// <summary>Business days without an answer after which one may ask the next, 1 to 30; only the last step may leave
    /// it out.</summary>
    public int? MoveOnAfterBusinessDays { get; init; }

    public SaidStep ToStep() => new(Position, Place is ContactPlace.School, Hours, MoveOnAfterBusinessDays);
}

/// <summary>A step of a chain of contact.</summary>
/// <param name="PositionId">The position.</param>
/// <param name="Place">Where.</param>
/// <param name="Hours">When they can be reached, in words; null where nothing is said.</param>
/// <param name="MoveOnAfterBusinessDays">Business days without an answer after which one may ask the next; null where
/// there is none.</param>
internal sealed record ContactStep(
    Guid PositionId, ContactPlace Place, string? Hours, int? MoveOnAfterBusinessDays)
{
    public static IReadOnlyList<ContactStep> Of(ContactChainRow chain) =>
    [
        .. chain.Positions.Select((position, i) => new ContactStep(
            position, ContactWords.PlaceOf(chain.Places[i]), chain.Hours[i].Length > 0 ? chain.Hours[i] : null,
            chain.MoveOnAfter[i] > 0 ? chain.MoveOnAfter[i] : null)),
    ];
}
