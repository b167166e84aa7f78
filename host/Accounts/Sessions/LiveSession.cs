namespace K12Hub.Accounts;

/// <summary>A session that holds.</summary>
/// <param name="Id">For lists.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Step">How far the sign-in has come.</param>
/// <param name="ProvedAt">When its owner last proved who it is.</param>
/// <param name="Held">What must come back in the next step, closed.</param>
/// <param name="Hash">Its key in the table.</param>
internal sealed record LiveSession(
    Guid Id, Guid Account, string Step, DateTimeOffset ProvedAt, string? Held, string Hash);
