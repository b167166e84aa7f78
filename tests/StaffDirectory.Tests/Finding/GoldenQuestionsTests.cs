using System.Reflection;
using System.Text;

namespace K12Hub.StaffDirectory.Tests.Finding;

/// <summary>Questions as families ask them, slips included, and what each is about: nobody has to know whom to
/// ask.</summary>
public sealed class GoldenQuestionsTests
{
    private const double FirstOfAll = 0.85;
    private const double AmongThree = 0.95;

    [Fact]
    public async Task Families_find_what_they_ask_for()
    {
        await using var desk = await HelpDesk.WithAreasAsync();
        var (asked, first, third, wrong) = (0, 0, 0, new StringBuilder());
        foreach (var cells in Lines("questions.tsv"))
        {
            var (area, question) = (cells[1], cells[2]);
            var found = await desk.FindAsync(question, cells[0]);
            asked++;
            first += found is [var one, ..] && one == area ? 1 : 0;
            third += found.Take(3).Contains(area) ? 1 : 0;
            if (found is not [var best, ..] || best != area)
                wrong.AppendLine($"{area}: {question} -> {string.Join(' ', found.Take(3))}");
        }

        Assert.True(asked >= 150, $"There are only {asked} questions.");
        Assert.True(
            first >= FirstOfAll * asked && third >= AmongThree * asked,
            $"{first} of {asked} are found first, {third} among three:\n{wrong}");
    }

    [Fact]
    public async Task What_nobody_is_there_for_is_not_guessed()
    {
        await using var desk = await HelpDesk.WithAreasAsync();
        var (asked, guessed) = (0, new StringBuilder());
        foreach (var cells in Lines("nobody.tsv"))
        {
            asked++;
            var found = await desk.FindAsync(cells[1], cells[0]);
            if (found.Count > 0) guessed.AppendLine($"{cells[1]} -> {string.Join(' ', found.Take(3))}");
        }

        Assert.True(asked >= 50, $"There are only {asked} questions.");
        Assert.Equal("", guessed.ToString());
    }

    private static IEnumerable<string[]> Lines(string name)
    {
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var reader = new StreamReader(file);
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split('\t'))];
    }
}
