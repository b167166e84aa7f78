namespace K12Hub.EventStore.Tests;

/// <summary>A rebuild that read somebody's data before they were erased has it in its new rows.</summary>
public sealed class A_rebuild_brings_nobody_back
{
    [Theory]
    [InlineData("families.list", RebuildStep.Indexing)]
    [InlineData("families.list", RebuildStep.CatchingUp)]
    [InlineData("families.cards", RebuildStep.Indexing)]
    [InlineData("families.cards", RebuildStep.Swapping)]
    [InlineData("families.names", RebuildStep.CatchingUp)]
    public async Task Whenever_they_are_erased_while_it_goes_on(string projection, RebuildStep when)
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz");
        await test.RegisterAsync(FamilyStore.Okafor, "Okafor");
        var erasing = new Erasing(test, when);

        await test.Store.RebuildProjectionAsync(projection, erasing, FamilyStore.Ct);

        Assert.True(erasing.Done);
        Assert.Equal(
            "Okafor\n[erased]", await test.LinesAsync($"select name from {projection} order by name collate \"C\""));
    }

    private sealed class Erasing(FamilyStore test, RebuildStep when) : IProgress<RebuildProgress>
    {
        public bool Done { get; private set; }

        public void Report(RebuildProgress value)
        {
            if (value.Step == when && !Done)
            {
                Done = true;
                test.EraseAsync(FamilyStore.Ortiz).GetAwaiter().GetResult();
            }
        }
    }
}
