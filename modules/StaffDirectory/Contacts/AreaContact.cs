namespace K12Hub.StaffDirectory;

/// <summary>Of which contacts somebody asks.</summary>
/// <param name="Area">What one needs.</param>
/// <param name="School">At which school; null for the whole district.</param>
/// <param name="Audience">Who asks.</param>
/// <param name="On">As of which day.</param>
internal readonly record struct ContactKey(Guid Area, Guid? School, ContactAudience Audience, DateOnly On);

/// <summary>Whom one asks, or asks next, with whoever it is on a day.</summary>
/// <param name="Step">From 1: whom one asks first.</param>
/// <param name="PositionId">The position.</param>
/// <param name="Place">Where.</param>
/// <param name="SaidFor">Whether the chain was said for this school or for the whole district.</param>
/// <param name="Hours">When they can be reached, in words; null where nothing is said.</param>
/// <param name="MoveOnAfterBusinessDays">Business days without an answer after which one may ask the next; null where
/// there is none.</param>
/// <param name="PlaceName">Name of the school or office; null where nobody is there at the district's.</param>
/// <param name="PersonName">Who it is, or who stands in; null where the position is vacant.</param>
/// <param name="IsStandIn">Whether who is named stands in for whoever has the position.</param>
internal sealed record AreaContact(
    int Step, Guid PositionId, ContactPlace Place, ContactPlace SaidFor, string? Hours, int? MoveOnAfterBusinessDays,
    string? PlaceName, string? PersonName, bool IsStandIn)
{
    /// <summary>Whether nobody has the position there on that day, whoever had it left, or whoever has it is away and
    /// nobody stands in.</summary>
    public bool IsVacant => PersonName is null;
}
