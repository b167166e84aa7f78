using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>A row of a file with what is known where it says nothing.</summary>
internal static class SupplementMerge
{
    public static SupplementRecord With(SupplementRecord sent, SupplementFacts known) => sent with
    {
        HomeLanguage = Says(sent, nameof(sent.HomeLanguage)) ? sent.HomeLanguage : known.HomeLanguage,
        ContactLanguage = Says(sent, nameof(sent.ContactLanguage)) ? sent.ContactLanguage : known.ContactLanguage,
        InterpreterNeeded = Says(sent, nameof(sent.InterpreterNeeded))
            ? sent.InterpreterNeeded
            : known.InterpreterNeeded,
        ExitReason = Says(sent, nameof(sent.ExitReason)) ? sent.ExitReason : known.ExitReason,
        ExitDestination = Says(sent, nameof(sent.ExitDestination)) ? sent.ExitDestination : known.ExitDestination,
        FundingCategory = Says(sent, nameof(sent.FundingCategory)) ? sent.FundingCategory : known.FundingCategory,
        Households = Says(sent, nameof(sent.Households)) ? sent.Households : known.Households,
    };

    public static GuardianshipRecord With(GuardianshipRecord sent, GuardianshipFacts known) => sent with
    {
        Relation = Says(sent, nameof(sent.Relation)) ? sent.Relation : known.Relation,
        LivesWith = Says(sent, nameof(sent.LivesWith)) ? sent.LivesWith : known.LivesWith,
        MayContact = Says(sent, nameof(sent.MayContact)) ? sent.MayContact : known.MayContact,
        MayPickUp = Says(sent, nameof(sent.MayPickUp)) ? sent.MayPickUp : known.MayPickUp,
        MayReceiveRecords = Says(sent, nameof(sent.MayReceiveRecords))
            ? sent.MayReceiveRecords
            : known.MayReceiveRecords,
        Custody = Says(sent, nameof(sent.Custody)) ? sent.Custody : known.Custody,
        ContactPriority = Says(sent, nameof(sent.ContactPriority)) ? sent.ContactPriority : known.ContactPriority,
    };

    private static bool Says(SupplementRecord sent, string property) => sent.Sent.Contains(property);

    private static bool Says(GuardianshipRecord sent, string property) => sent.Sent.Contains(property);
}
