using System.ComponentModel.DataAnnotations;
using System.Globalization;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Http;
using K12Hub.Testing;
using Microsoft.Extensions.Configuration;

namespace K12Hub.App.Tests;

/// <summary>Every limit of the API can be set, by the name it has in host/GraphQL/README.md.</summary>
public sealed class LimitSettingsTests
{
    private const string Column = "Option of `GraphQLHttpOptions`";

    public static TheoryData<string, string> Execution => Settings("Limits", LimitTable.Documented("Option"));

    public static TheoryData<string, string> Transport => Settings("Http", LimitTable.Documented(Column));

    [Fact]
    public void Every_limit_of_the_transport_stands_in_the_readme_with_its_default() => Assert.Equal(
        LimitTable.Options(new GraphQLHttpOptions()).Select(option => $"{option.Option}: {option.Default}").Order(),
        LimitTable.Documented(Column).Select(row => $"{row.Option}: {row.AtMost}").Order());

    [Theory]
    [MemberData(nameof(Execution))]
    public void A_limit_of_execution_is_a_setting(string setting, string value)
    {
        var options = new RequestExecutorOptions();

        Read(setting, value).ApplyTo(options);

        Assert.Contains((Option(setting), value), LimitTable.Options(options));
    }

    [Theory]
    [MemberData(nameof(Transport))]
    public void A_limit_of_the_transport_is_a_setting(string setting, string value) =>
        Assert.Contains((Option(setting), value), LimitTable.Options(Read(setting, value).Http));

    [Theory]
    [InlineData("Limits:Parser:MaxDepth", "100000", "Limits:Parser: The field MaxDepth must be between 1 and 200.")]
    [InlineData("Limits:MaxResponseBytes", "1", "Limits: The field MaxResponseBytes")]
    [InlineData("Http:Streams:MaxStreamsPerUser", "0", "Http:Streams: The field MaxStreamsPerUser")]
    public void A_limit_out_of_its_range_is_named(string setting, string value, string expected)
    {
        var settings = Read(setting, value);

        var problems = settings.Validate(new ValidationContext(settings)).Select(problem => problem.ErrorMessage);

        Assert.StartsWith(expected, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static TheoryData<string, string> Settings(string section, List<LimitRow> rows)
    {
        var settings = new TheoryData<string, string>();
        foreach (var row in rows)
        {
            var other = row.AtMost.Contains(':', StringComparison.Ordinal)
                ? TimeSpan.Parse(row.AtMost, CultureInfo.InvariantCulture).Add(TimeSpan.FromSeconds(1)).ToString("c")
                : (double.Parse(row.AtMost, CultureInfo.InvariantCulture) + 1)
                    .ToString("#,0", CultureInfo.InvariantCulture);
            settings.Add($"{section}:{row.Option.Replace('.', ':')}", other);
        }

        return settings;
    }

    private static string Option(string setting) =>
        setting[(setting.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace(':', '.');

    private static GraphQLSettings Read(string setting, string value) => new ConfigurationBuilder()
        .AddInMemoryCollection([new($"GraphQL:{setting}", value.Replace(",", "", StringComparison.Ordinal))])
        .Build().GetSection("GraphQL").Get<GraphQLSettings>()!;
}
