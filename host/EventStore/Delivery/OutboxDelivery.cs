using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace K12Hub.EventStore;

/// <summary>A message on its way out: what the one who sends it needs to know.</summary>
/// <param name="Id">The message; the same over all attempts.</param>
/// <param name="Tenant">The district that owes it.</param>
/// <param name="Kind">What to do.</param>
/// <param name="Payload">JSON, as it was published.</param>
/// <param name="DueAt">When this attempt was due, UTC.</param>
/// <param name="Attempt">Number of the lease, from 1: only grows, also over retries by hand. The fence: an attempt
/// that ends after another began cannot mark anything any more.</param>
/// <param name="Tries">Attempts that count towards giving up, this one included.</param>
/// <param name="Cause">Who caused it and what it belongs to.</param>
public sealed record OutboxDelivery(
    long Id,
    DistrictId Tenant,
    string Kind,
    string Payload,
    DateTimeOffset DueAt,
    int Attempt,
    int Tries,
    EventMetadata Cause)
{
    /// <summary>A name for the outside world that is the same over all attempts: Message-ID of a mail, idempotency
    /// key of a provider. Whoever gets it twice may drop the second.</summary>
    public string MessageId => string.Create(CultureInfo.InvariantCulture, $"outbox-{Id}");

    /// <summary>The same as the id of a command: a unit of work identified by it is stored once, however many attempts
    /// there are.</summary>
    public Guid CommandId
    {
        get
        {
            // 122 bits of a hash, in the form that RFC 9562 leaves to applications (version 8).
            var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(MessageId)).AsSpan(0, 16);
            bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
            bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
            return new Guid(bytes, bigEndian: true);
        }
    }
}
