namespace K12Hub.Hosting.Tests;

/// <summary>What a family holds opens one thing, and nothing else does.</summary>
public sealed class ReceiptTests
{
    [Fact]
    public void A_receipt_opens_what_it_was_given_for_and_is_to_the_letter()
    {
        var receipt = Receipt.New();

        Assert.True(Receipt.Opens(receipt.Secret, receipt.Hash));
        Assert.False(Receipt.Opens(Receipt.New().Secret, receipt.Hash));
        string?[] wrong =
        [
            null, "", " ", "%20", "\0", "null", "0", receipt.Secret + " ", receipt.Secret[..^1], receipt.Hash,
            receipt.Secret.ToUpperInvariant(), receipt.Secret.ToLowerInvariant(),
        ];
        Assert.DoesNotContain(wrong, one => Receipt.Opens(one, receipt.Hash));
        Assert.False(Receipt.Opens(receipt.Secret, ""));
        Assert.False(Receipt.Opens(receipt.Secret, null));
        Assert.DoesNotContain(receipt.Secret, receipt.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_are_alike_and_none_says_when_it_was_made()
    {
        var all = Enumerable.Range(0, 10_000).Select(_ => Receipt.New().Secret).ToList();

        Assert.Equal(10_000, all.Distinct().Count());
        Assert.True(all.Select(secret => secret[..3]).Distinct().Count() > 8_000);
    }
}
