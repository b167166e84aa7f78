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
    private const string Type = "audit";

    /// <summary>Entries as they are stored: what is personal in them has become part of the detail.</summary>
    /// <exception cref="AuditException">A student was erased.</exception>
    public async Task<AuditEntry[]> SealAsync(
        DistrictId tenant, IReadOnlyCollection<AuditEntry> entries, CancellationToken ct)
    {
        var subjects = entries.Where(entry => entry.Personal is not null).Select(SubjectOf).Distinct().ToList();
        if (subjects.Count == 0) return [.. entries];

        var found = (await keys.EnsureAsync(tenant, subjects, areNew: false, ct)).ToDictionary(key => key.Subject);
        return [.. entries.Select(entry =>
            entry.Personal is null ? entry : Seal(tenant, found[SubjectOf(entry)], entry))];
    }

    /// <summary>Details with what was sealed in them; without it where the student is erased.</summary>
    public async ValueTask<IReadOnlyList<string>> OpenAsync(
        DistrictId tenant, IReadOnlyCollection<string> details, CancellationToken ct)
    {
        var envelopes = details.Select(detail => (Detail: detail, Envelope: Envelope.FindWithin(detail))).ToList();
        var subjects = envelopes.Where(each => each.Envelope is not null)
            .Select(each => Envelope.SubjectOf(each.Envelope!)).Distinct().ToList();
        if (subjects.Count == 0) return [.. details];

        var found = await keys.ForReadingAsync(tenant, subjects, ct);
        return [.. envelopes.Select(each => each.Envelope is { } envelope
            ? Open(tenant, found[Envelope.SubjectOf(envelope)], each.Detail, envelope)
            : each.Detail)];
    }

    private static string Open(DistrictId tenant, SubjectKey key, string detail, byte[] envelope)
    {
        var open = JsonNode.Parse(detail)!.AsObject();
        open.Remove(Envelope.Property);
        if (key.IsErased) return open.ToJsonString();

        using var words = JsonDocument.Parse(Envelope.Open(key, envelope, PlaceOf(tenant, key.Subject)));
        foreach (var word in words.RootElement.EnumerateObject())
        {
            open[word.Name] = JsonNode.Parse(word.Value.GetRawText());
        }

        return open.ToJsonString();
    }

    private static AuditEntry Seal(DistrictId tenant, SubjectKey key, AuditEntry entry)
    {
        if (key.IsErased) throw new AuditException("A student was erased while it was written down.");

        var words = Encoding.UTF8.GetBytes(entry.Personal!);
        var envelope = Envelope.Seal(key, words, PlaceOf(tenant, key.Subject), NonceOf(key, words));
        var detail = JsonNode.Parse(entry.Detail ?? "{}")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(envelope)!.AsObject().ToList()) detail[name] = value!.DeepClone();
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
