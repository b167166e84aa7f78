using System.Globalization;

namespace K12Hub.Hosting;

/// <summary>An event on its way to a subscriber.</summary>
/// <typeparam name="TEvent">The record.</typeparam>
/// <param name="Position">Its place in the log.</param>
/// <param name="StreamId">The stream it belongs to.</param>
/// <param name="RecordedAt">When it was stored.</param>
/// <param name="Data">The event itself.</param>
public sealed record LiveEvent<TEvent>(long Position, Guid StreamId, DateTimeOffset RecordedAt, TEvent Data)
    where TEvent : class
{
    /// <summary>What a subscriber gives to go on after this event.</summary>
    public string Cursor => Position.ToString(CultureInfo.InvariantCulture);
}
