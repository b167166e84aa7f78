using System.ComponentModel.DataAnnotations;

namespace K12Hub.OneRoster.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void The_settings_that_are_there_without_being_set_are_within_their_ranges() => Assert.True(IsValid(new()));

    [Fact]
    public void Settings_outside_their_ranges_are_refused()
    {
        Assert.False(IsValid(new() { MaxPackageMegabytes = 0 }));
        Assert.False(IsValid(new() { MaxFileMegabytes = 65_537 }));
        Assert.False(IsValid(new() { MaxCompressionRatio = 1 }));
        Assert.False(IsValid(new() { MaxFiles = 9 }));
        Assert.False(IsValid(new() { MaxRowBytes = 1_048_577 }));
    }

    [Theory]
    [InlineData("sis", "https://sis.example", 1_000, true)]
    [InlineData("sis", "http://sis.example", 1_000, false)]
    [InlineData("sis", "https://sis.example", 0, false)]
    [InlineData("../sis", "https://sis.example", 1_000, false)]
    [InlineData("", "https://sis.example", 1_000, false)]
    public void Each_source_is_looked_at_too(string name, string address, int pageSize, bool valid) =>
        Assert.Equal(valid, IsValid(new()
        {
            Sources = { [name] = new() { BaseUrl = address, PageSize = pageSize } },
        }));

    private static bool IsValid(OneRosterSettings settings) =>
        Validator.TryValidateObject(settings, new(settings), null, validateAllProperties: true);
}
