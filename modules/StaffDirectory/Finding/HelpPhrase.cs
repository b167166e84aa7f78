namespace K12Hub.StaffDirectory;

/// <summary>A word of an area's phrases.</summary>
/// <param name="Phrase">Which phrase: 0 is the name.</param>
/// <param name="Stem">What the word has in common with its plural and so on.</param>
/// <param name="Weight">The more the fewer areas have it.</param>
internal readonly record struct HelpWord(int Phrase, string Stem, double Weight);

/// <summary>A phrase of an area beside a question.</summary>
/// <param name="Shared">What the words weigh that the question has, too; a slip counts less.</param>
/// <param name="Whole">What all its words weigh.</param>
internal readonly record struct HelpPhrase(double Shared, double Whole)
{
    /// <summary>How much of it was said, 0 to 1.</summary>
    public double Share => Whole > 0 ? Shared / Whole : 0;

    /// <summary>What was said of it, times how much of it that is.</summary>
    public double Score => Shared * Share;

    /// <summary>The best of an area's phrases.</summary>
    /// <param name="words">The words of all its phrases; one that stands twice in a phrase counts once.</param>
    /// <param name="said">Stems of the question, and how alike what was written is to each; 0 to 1.</param>
    public static HelpPhrase BestOf(IEnumerable<HelpWord> words, IReadOnlyDictionary<string, double> said)
    {
        var phrases = new Dictionary<int, HelpPhrase>();
        foreach (var word in words.Distinct())
        {
            var phrase = phrases.GetValueOrDefault(word.Phrase);
            var likeness = said.GetValueOrDefault(word.Stem);
            phrases[word.Phrase] = new(phrase.Shared + (word.Weight * likeness), phrase.Whole + word.Weight);
        }

        return phrases.Values.DefaultIfEmpty().MaxBy(phrase => phrase.Score);
    }
}
