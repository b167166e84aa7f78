namespace K12Hub.StaffDirectory;

/// <summary>An area that shares words with a question, in one language.</summary>
/// <param name="Area">The area.</param>
/// <param name="Language">en or es.</param>
/// <param name="Best">What its best phrase shares with the question.</param>
/// <param name="Breadth">What the words of the question weigh that any phrase of the area has.</param>
/// <param name="Question">What all words of the question weigh.</param>
/// <param name="Words">The area's words that were recognized, in the order of the question.</param>
internal sealed record HelpCandidate(
    Guid Area, string Language, HelpPhrase Best, double Breadth, double Question, IReadOnlyList<string> Words)
{
    // Found with the golden questions: with less, questions that nobody is there for are answered.
    private const double LeastOfPhrase = 0.5;
    private const double LeastOfOneWord = 0.95;
    private const double LeastOfQuestion = 0.15;
    private const double BreadthCounts = 0.3;

    /// <summary>How likely it is what was asked for, among others; no unit.</summary>
    public double Score => Best.Score + (BreadthCounts * Breadth);

    /// <summary>Whether it is worth an answer: enough of a phrase was said, and enough of what was said is about the
    /// area. One word alone counts where it is all of a phrase: bus does, and the card of a social security card does
    /// not.</summary>
    public bool IsLikely =>
        Best.Share >= (Words.Count > 1 ? LeastOfPhrase : LeastOfOneWord) && Breadth / Question >= LeastOfQuestion;
}
