using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>The events that are copied into the audit trail: who is who, and what is kept or erased; ids only.
/// </summary>
internal static class RosterNoted
{
    public static HubBuilder AddNoted(this HubBuilder hub) => hub
        .Noted<AccountLinkEvent.Linked>(e => new { account = e.AccountId, person = e.PersonId })
        .Noted<AccountLinkEvent.Unlinked>()
        .Noted<LegalHoldEvent.Placed>(e => new { person = e.Person })
        .Noted<LegalHoldEvent.Released>(e => new { person = e.Person })
        .Noted<ErasureEvent.Requested>(e => new { person = e.Person })
        .Noted<ErasureEvent.Approved>()
        .Noted<ErasureEvent.Declined>()
        .Noted<RetentionEvent.Proposed>(e => new { kind = e.Kind, keepFor = e.KeepFor })
        .Noted<RetentionEvent.Approved>()
        .Noted<RetentionEvent.Declined>()
        .Noted<RetentionEvent.Ended>()
        .Noted<ErasureEvent.Erased>(e => new { person = e.Person, entries = e.Entries });
}
