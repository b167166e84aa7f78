using System.Text.RegularExpressions;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>What the store's own SQL functions refuse with.</summary>
internal static partial class StoreErrors
{
    public const string AlreadyDone = "ES208";

    /// <summary>What was believed about the key of a subject is not so.</summary>
    public const string OtherKey = "ES411";

    /// <summary>The exception a caller is promised; null when the error is not one of ours.</summary>
    public static Exception? Translate(PostgresException refused) => refused.SqlState switch
    {
        "ES409" => new ConcurrencyException(refused.MessageText, StreamIn(refused.MessageText), refused),
        "ES410" => new StreamArchivedException(refused.MessageText, refused),
        PostgresErrorCodes.UndefinedTable => new SchemaException(
            "A read table is not there any more: a newer version of the program has rebuilt it. Run that version here "
            + "too; nothing was stored.",
            refused),
        _ => null,
    };

    private static Guid? StreamIn(string message) =>
        Guid.TryParse(StreamId().Match(message).Groups[1].ValueSpan, out var id) ? id : null;

    [GeneratedRegex("stream ([0-9a-f-]{36})")]
    private static partial Regex StreamId();
}
