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
        var erasing = new Meanwhile(when, () => test.EraseAsync(FamilyStore.Ortiz));

        await test.Store.RebuildProjectionAsync(projection, erasing, FamilyStore.Ct);

        Assert.True(erasing.Done);
        Assert.Equal(
            "Okafor\n[erased]", await test.LinesAsync($"select name from {projection} order by name collate \"C\""));
    }

    [Theory]
    [InlineData("families.list", RebuildStep.Indexing)]
    [InlineData("families.list", RebuildStep.CatchingUp)]
    [InlineData("families.list", RebuildStep.Swapping)]
    [InlineData("families.names", RebuildStep.Swapping)]
    public async Task Whenever_a_whole_district_is_destroyed_while_it_goes_on(string projection, RebuildStep when)
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(FamilyStore.Ortiz, "Ortiz", tenant: TestStore.Franklin);
        await test.RegisterAsync(FamilyStore.Okafor, "Okafor");
        var destroying = new Meanwhile(when, () => test.Store.Erasure.DestroyDistrictAsync(
            TestStore.Franklin, "contract 5", null, FamilyStore.Ct));

        await test.Store.RebuildProjectionAsync(projection, destroying, FamilyStore.Ct);

        Assert.True(destroying.Done);
        Assert.Equal("Okafor", await test.LinesAsync($"select name from {projection}"));
    }

    private sealed class Meanwhile(RebuildStep when, Func<Task> act) : IProgress<RebuildProgress>
    {
        public bool Done { get; private set; }

        public void Report(RebuildProgress value)
        {
            if (value.Step == when && !Done)
            {
                Done = true;
                act().GetAwaiter().GetResult();
            }
        }
    }
}
