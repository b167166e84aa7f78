namespace K12Hub.StaffDirectory.Tests.Finding;

public sealed class HelpPhraseTests
{
    private static readonly Dictionary<string, double> Said = new() { ["bus"] = 1, ["pass"] = 0.5 };

    [Fact]
    public void The_best_phrase_is_the_one_of_which_most_was_said()
    {
        var best = HelpPhrase.BestOf(
            [new(0, "bus", 1), new(0, "stop", 3), new(1, "bus", 1), new(1, "pass", 2)], Said);

        Assert.Equal(new HelpPhrase(2, 3), best);
        Assert.Equal(2.0 / 3, best.Share, 6);
    }

    [Fact]
    public void A_word_that_stands_twice_in_a_phrase_counts_once() =>
        Assert.Equal(new HelpPhrase(1, 1), HelpPhrase.BestOf([new(1, "bus", 1), new(1, "bus", 1)], Said));

    [Fact]
    public void Of_nothing_nothing_is_shared() => Assert.Equal(0, HelpPhrase.BestOf([], Said).Share);
}
