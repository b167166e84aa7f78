using FsCheck;
using FsCheck.Fluent;

namespace K12Hub.EventStore.Tests;

/// <summary>Random sequences of what a writer can do, carried out on the store and on dictionaries of lists. On a
/// failure FsCheck prints the shortest sequence and its seed.</summary>
public sealed class The_store_agrees_with_a_dictionary
{
    private const int Sequences = 60;

    [Fact]
    public async Task After_every_step_of_random_sequences()
    {
        await using var test = await TestStore.CreateAsync();
        var districts = 0;
        Prop.ForAll(Steps(), steps =>
        {
            var pair = Interlocked.Increment(ref districts) * 2;
            var model = new Model(test, new((short)(pair + 1)), new((short)(pair + 2)));
            return model.RunAsync(steps).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Sequences));
    }

    private static Arbitrary<Step[]> Steps()
    {
        var step =
            from act in Gen.Elements(Enum.GetValues<Act>())
            from district in Gen.Choose(0, 1)
            from stream in Gen.Choose(0, 4)
            from second in Gen.Choose(0, 4)
            from events in Gen.Choose(1, 3)
            from slot in Gen.Choose(0, 3)
            select new Step(act, district, stream, second, events, slot);
        return Arb.From(
            step.ArrayOf(25),
            steps => Enumerable.Range(0, steps.Length).Select(i => steps.Where((_, at) => at != i).ToArray()));
    }
}
