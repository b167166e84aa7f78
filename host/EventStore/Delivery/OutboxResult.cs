namespace K12Hub.EventStore;

/// <summary>How an attempt to send a message ended.</summary>
/// <remarks>The code is shown to operators and kept with the message: a stable word, never a name, an address or
/// anything somebody wrote.</remarks>
public sealed record OutboxResult
{
    private OutboxResult(OutboxEnd end, string? code, TimeSpan? after) => (End, Code, After) = (end, code, after);

    /// <summary>It is sent and need never be sent again.</summary>
    public static OutboxResult Done { get; } = new(OutboxEnd.Done, null, null);

    /// <summary>Why not, as a stable word: <c>smtp.451</c>; null when it was sent.</summary>
    public string? Code { get; }

    /// <summary>How long the receiver asked to wait; null for the usual pause.</summary>
    public TimeSpan? After { get; }

    internal OutboxEnd End { get; }

    /// <summary>Not this time: try again later. After the last attempt it becomes a dead letter.</summary>
    /// <param name="code">Why, as a stable word.</param>
    /// <param name="after">How long the receiver asked to wait; null for the usual pause.</param>
    public static OutboxResult Later(string code, TimeSpan? after = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        return new(OutboxEnd.Later, code, after);
    }

    /// <summary>It will not get better by itself: a dead letter at once.</summary>
    /// <param name="code">Why, as a stable word: <c>smtp.550</c>.</param>
    public static OutboxResult Never(string code)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        return new(OutboxEnd.Dead, code, null);
    }
}

/// <summary>What becomes of a message after an attempt.</summary>
internal enum OutboxEnd
{
    Done,
    Later,
    Dead,

    /// <summary>Given back unfinished at a stop; does not count.</summary>
    Back,
}
