using K12Hub.EventStore;
using K12Hub.Testing;

namespace K12Hub.Accounts.Tests;

/// <summary>Stored events are a promise for ever: a changed file under approved asks where the upcaster is.</summary>
public sealed class StoredEventsTests
{
    private static readonly Guid Okafor = new("00000000-0000-0000-0000-00000000000f");
    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_event_is_written_as_approved_and_every_approved_one_is_read()
    {
        var options = new StoreOptions();
        AccountsModule.AddTo(options);

        Assert.Empty(StoredEvents.Complaints(options.Events, [
            new AccountEvent.Created(Okafor, "okafor@lincoln.example", "Principal Okafor", true, Monday),
            new AccountEvent.Invited(Okafor, "hash", Monday),
            new AccountEvent.PasswordSet(Okafor, "hash"),
            new AccountEvent.AuthenticatorSet(Okafor, "sealed"),
            new AccountEvent.SecondFactorOn(),
            new AccountEvent.FactorsReset("cli:root"),
            new AccountEvent.RecoveryCodesMade(Okafor, ["hash"]),
            new AccountEvent.RecoveryCodeUsed(Okafor, "hash"),
            new AccountEvent.PasskeySet(
                Okafor, new("AQ", "pQ", "Phone", Monday, 1, ["internal"], true, true, false)),
            new AccountEvent.PasskeyRemoved(Okafor, "AQ"),
            new AccountEvent.SignInLinked(Okafor, "https://idp.example", "42"),
            new AccountEvent.SignInUnlinked(Okafor, "https://idp.example", "42"),
            new AccountEvent.EmergencySignIn(Monday),
            new AccountEvent.Disabled(Monday),
            new AccountEvent.Enabled(),
            new AccountKeyEvent.Given(Okafor),
            new AccountKeyEvent.Ended(),
            new SetUpDone(Okafor),
            new ApiTokenEvent.Created("SIS", "hash", ["roster.read"], Monday, Monday.AddDays(30)),
            new ApiTokenEvent.Revoked(Monday),
        ]));
    }
}
