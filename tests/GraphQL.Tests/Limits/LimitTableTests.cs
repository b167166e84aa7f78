using System.Reflection;
using K12Hub.GraphQL.Execution;
using K12Hub.Testing;

namespace K12Hub.GraphQL.Tests.Limits;

/// <summary>The README lists every limit as it is.</summary>
public sealed class LimitTableTests
{
    private static readonly List<LimitRow> Documented = LimitTable.Documented("Option");

    [Fact]
    public void Every_option_that_limits_stands_in_the_readme_with_its_default() => Assert.Equal(
        LimitTable.Options(new RequestExecutorOptions()).Select(option => $"{option.Option}: {option.Default}").Order(),
        Documented.Select(row => $"{row.Option}: {row.AtMost}").Order());

    [Fact]
    public void Every_code_of_a_limit_stands_in_the_readme_and_no_other() => Assert.Equal(
        typeof(LimitCode).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (string)field.GetRawConstantValue()!).Order(),
        Documented.Select(row => row.Code).Where(code => code != "–").Distinct().Order());
}
