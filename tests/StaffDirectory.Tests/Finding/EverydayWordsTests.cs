namespace K12Hub.StaffDirectory.Tests.Finding;

public sealed class EverydayWordsTests
{
    [Theory]
    [InlineData("My child's bus-pass!", "my childs bus pass")]
    [InlineData("¿Dónde está el autobús?", "donde esta el autobus")]
    [InlineData("NIÑO ÁÉÍÓÚÜ", "nino aeiouu")]
    [InlineData("nin\u0303o", "nino")]
    [InlineData("  ", "")]
    [InlineData("W-2", "w 2")]
    [InlineData("公交车 bus", "bus")]
    public void Words_are_small_letters_without_accents(string text, string words) =>
        Assert.Equal(words, string.Join(' ', EverydayWords.Of(text)));

    [Fact]
    public void What_is_too_long_is_not_looked_at()
    {
        Assert.Equal(EverydayWords.Most, EverydayWords.Of(string.Join(' ', Enumerable.Range(0, 500))).Count);
        Assert.Empty(EverydayWords.Of(new string('a', 100)));
    }
}
