using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>What a chain of contact may be: pure.</summary>
internal static class ChainRules
{
    /// <summary>What is wrong with steps by themselves; null for nothing.</summary>
    public static Refusal? WhyNot(IReadOnlyList<ChainStep> steps)
    {
        if (steps.Count is 0 or > ChainRefusals.MostSteps) return ChainRefusals.Steps.At("steps");
        if (steps.Select(step => (step.Position, step.Place)).Distinct().Count() < steps.Count)
            return ChainRefusals.Loop.At("steps");
        if (steps.Any(step => step.MoveOnAfter is < 1 or > ChainRefusals.LongestWait)
            || steps.SkipLast(1).Any(step => step.MoveOnAfter is null)) return ChainRefusals.MoveOn.At("steps");

        return steps.Any(step => step.Hours is { } hours
                && (hours.Length is 0 or > ChainRefusals.LongestHours || hours.Any(char.IsControl)))
            ? ChainRefusals.Hours.At("steps")
            : null;
    }
}
