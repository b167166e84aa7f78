using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace K12Hub.EventStore;

/// <summary>What a record tells in words that may name somebody: sealed with the key of the one student whom it tells
/// of, so that it goes with the student while the record stays in the chain.</summary>
/// <remarks>The same words are the same bytes each time, and so is the record they are in: whoever says a thing once
/// more is found by it. The nonce is a keyed digest of the words for that, which tells only who has the key.</remarks>
internal sealed class AuditSeal(SubjectKeys keys)
{
    /// <summary>Stands in a detail whose words are there and cannot be read.</summary>
    public const string Damaged = "isDamaged";

    private const string Type = "audit";

    /// <summary>Entries as they are stored: what is personal in them has become part of the detail.</summary>
    /// <exception cref="SubjectErasedException">A student was erased.</exception>
    /// <exception cref="SubjectKeyMissingException">The database has no trace of a student's key.</exception>
    public async Task<AuditEntry[]> SealAsync(
        DistrictId tenant, IReadOnlyCollection<AuditEntry> entries, CancellationToken ct)
    {
        var subjects = entries.Where(entry => entry.Personal is not null).Select(SubjectOf).Distinct().ToList();
        if (subjects.Count == 0) return [.. entries];

        var found = await keys.AsStoredAsync(tenant, subjects, ct);
        return [.. entries.Select(entry =>
            entry.Personal is null ? entry : Seal(tenant, found[SubjectOf(entry)], entry))];
    }

    /// <summary>Details with what was sealed in them; without it where the student is erased, and with a mark where it
    /// cannot be read: one that is damaged takes no other away.</summary>
    public async ValueTask<IReadOnlyList<string>> OpenAsync(
        DistrictId tenant, IReadOnlyCollection<AuditDetail> details, CancellationToken ct)
    {
        var students = details.Where(detail => detail.Json.Contains(Envelope.Property, StringComparison.Ordinal))
            .Select(detail => detail.Student).OfType<Guid>().Distinct().ToList();
        var found = students.Count == 0 ? null : await keys.TryForReadingAsync(tenant, students, ct);
        return [.. details.Select(detail => Open(
            tenant, detail.Student is { } student ? found?.GetValueOrDefault(student) : null, detail.Json))];
    }

    private static string Open(DistrictId tenant, SubjectKey? key, string detail)
    {
        if (!detail.Contains(Envelope.Property, StringComparison.Ordinal)) return detail;

        var open = JsonNode.Parse(detail)!.AsObject();
        if (!open.Remove(Envelope.Property, out var words)) return detail;
        if (key?.IsErased is true) return open.ToJsonString();

        try
        {
            Fill(open, key, words, tenant);
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException or JsonException)
        {
            open[Damaged] = true;
        }

        return open.ToJsonString();
    }

    private static void Fill(JsonObject open, SubjectKey? key, JsonNode? sealedWords, DistrictId tenant)
    {
        var envelope = Envelope.Decode((string?)sealedWords);
        if (key is null || Envelope.SubjectOf(envelope) != key.Subject) throw new CryptographicException();

        using var words = JsonDocument.Parse(Envelope.Open(key, envelope, PlaceOf(tenant, key.Subject)));
        foreach (var word in words.RootElement.EnumerateObject())
        {
            open[word.Name] = JsonNode.Parse(word.Value.GetRawText());
        }
    }

    private static AuditEntry Seal(DistrictId tenant, SubjectKey key, AuditEntry entry)
    {
        if (key.IsErased) throw new SubjectErasedException(key.Subject);

        var words = Encoding.UTF8.GetBytes(entry.Personal!);
        var envelope = Envelope.Seal(key, words, PlaceOf(tenant, key.Subject), NonceOf(key, words));
        var detail = JsonNode.Parse(entry.Detail ?? "{}")!.AsObject();
        detail[Envelope.Property] = JsonNode.Parse(envelope)![Envelope.Property]!.DeepClone();
        return entry with { Detail = detail.ToJsonString(), Personal = null };
    }

    private static byte[] NonceOf(SubjectKey key, byte[] words) =>
        HMACSHA256.HashData(HMACSHA256.HashData(key.Secret.Span, "audit nonce"u8), words)[..Envelope.NonceBytes];

    private static byte[] PlaceOf(DistrictId tenant, Guid subject) =>
        new SealedPlace(tenant.Required, subject, Type).Of("detail"u8);

    private static Guid SubjectOf(AuditEntry entry) => entry.Students.Count == 1
        ? entry.Students.First()
        : throw new ArgumentException("Personal words belong to a record of one student.", nameof(entry));
}
