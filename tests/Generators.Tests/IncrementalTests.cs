using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Tests;

public sealed class IncrementalTests
{
    private static readonly string[] Steps =
        ["Objects", "Queries", "Mutations", "Subscriptions", "Loaders", "Modules", "Module"];

    [Fact]
    public void A_second_run_writes_nothing_anew()
    {
        var again = Compiled.From(Samples.School).Edited("=> 0;", "=> 1;");

        Assert.All(Steps, step => Assert.NotEmpty(again.Reasons(step)));
        Assert.All(Steps, step => Assert.DoesNotContain(IncrementalStepRunReason.Modified, again.Reasons(step)));
        Assert.All(again.FileReasons, reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_changed_class_rewrites_its_own_file_only()
    {
        var again = Compiled.From(Samples.School).Edited("All students.", "Every student.");

        Assert.Single(again.FileReasons, IncrementalStepRunReason.Modified);
        Assert.Contains("Every student.", again.Files["District.Queries.g.cs"], StringComparison.Ordinal);
    }
}
