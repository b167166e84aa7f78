using System.Runtime.CompilerServices;

namespace K12Hub.Accounts.Tests;

/// <summary>What a password must be.</summary>
public sealed class PasswordRulesTests
{
    private static readonly Account Okafor = new(Guid.Empty)
    {
        SignInName = "okafor@lincoln.example", Name = "Chidi Okafor",
    };

    [Theory]
    [InlineData("abdquvwxzrtlpm", PasswordComplaints.TooShort)]
    [InlineData("  🐢 🐇 spaces 🐢🐇", null)]
    [InlineData("a quiet river bends", null)]
    [InlineData("ALLINONEKINDOFLETTERXY", null)]
    [InlineData("k12hubk12hub2026", PasswordComplaints.Common)]
    [InlineData("lincolntigers123", PasswordComplaints.Common)]
    [InlineData("okafor okafor 17", PasswordComplaints.Common)]
    [InlineData("passwordpassword1", PasswordComplaints.Common)]
    [InlineData("P@ssw0rdw3lcome1", PasswordComplaints.Common)]
    [InlineData("aaaaaaaaaaaaaaaaaaaa", PasswordComplaints.Common)]
    [InlineData("abcdefghijklmnopqrst", PasswordComplaints.Common)]
    public void A_password_alone_has_fifteen_characters_and_is_nobodys_first_guess(
        string password, string? complaint) =>
        Assert.Equal(complaint, Rules(withFactor: false).Complaint(password, Okafor));

    [Theory]
    [InlineData("dqvxzrt", PasswordComplaints.TooShort)]
    [InlineData("dqvxzrtm", null)]
    [InlineData("lincolntigers1", PasswordComplaints.Common)]
    [InlineData("summer2026!", PasswordComplaints.Common)]
    [InlineData("qwertyuiop", PasswordComplaints.Common)]
    public void Eight_are_enough_beside_a_second_factor(string password, string? complaint) =>
        Assert.Equal(complaint, Rules(withFactor: true).Complaint(password, Okafor));

    [Fact]
    public void Nothing_longer_than_256_characters_is_taken()
    {
        var long256 = string.Concat(Enumerable.Range(0, 256).Select(i => (char)('a' + (i * i % 23))));

        Assert.Null(Rules(withFactor: false).Complaint(long256, Okafor));
        Assert.Equal(PasswordComplaints.TooLong, Rules(withFactor: false).Complaint(long256 + "x", Okafor));
    }

    [Fact]
    public void The_filter_holds_more_than_a_million_passwords_and_is_the_one_of_the_words()
    {
        var (filter, bytes, count) = (default(BloomFilter), new byte[CommonPasswords.FilterBytes], 0);
        filter = new BloomFilter(bytes);
        foreach (var password in CommonPasswords.All())
        {
            filter.Add(password);
            count++;
        }

        var file = Path.Combine(Folder(), "../../host/Accounts/Passwords/Data/common-passwords.bloom");
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1") File.WriteAllBytes(file, bytes);
        Assert.True(count > 1_000_000, $"{count}");
        Assert.True(File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes), "Run with K12HUB_APPROVE=1.");
        var taken = Enumerable.Range(0, 20_000).Count(i => filter.MayHold($"nobody chooses {i * 7919} this"));
        Assert.InRange(taken, 0, 200);
    }

    [Theory]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\u212b", "\u00c5")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1100\u1161\u11a8", "\uac01")]
    [InlineData("\ufb01", "\ufb01")]
    [InlineData("plain", "plain")]
    public void What_looks_the_same_is_written_one_way(string text, string normal) =>
        Assert.Equal(normal, NormalForm.Of(text));

    private static PasswordRules Rules(bool withFactor) =>
        new(new AccountsSettings { RequireSecondFactor = withFactor, KnownWords = ["Lincoln"] });

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
