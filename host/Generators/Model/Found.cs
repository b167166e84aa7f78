using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Model;

/// <summary>What one annotated class or method was read as.</summary>
/// <param name="Model">What it is; compared by value.</param>
internal sealed record Found<TModel>(TModel Model)
    where TModel : class
{
    /// <summary>What is wrong with it. Kept apart from the model, for places move with every edit above them.</summary>
    public Items<Problem> Problems { get; init; }

    /// <summary>What is wrong if other classes are, or are not, there.</summary>
    public Items<Problem> Suspicions { get; init; }
}

/// <summary>All that was found of one kind: what is sound is written, the rest is reported.</summary>
internal sealed class FoundModels<TModel>(IncrementalValuesProvider<Found<TModel>> found, string step)
    where TModel : class
{
    public IncrementalValuesProvider<TModel> Models { get; } = found
        .Where(static one => one.Problems.Count == 0)
        .Select(static (one, _) => one.Model)
        .WithTrackingName(step);

    /// <summary>The sound ones and those with problems.</summary>
    public IncrementalValuesProvider<TModel> All { get; } = found.Select(static (one, _) => one.Model);

    public IncrementalValuesProvider<Problem> Problems { get; } =
        found.SelectMany(static (one, _) => one.Problems);

    public IncrementalValuesProvider<Problem> Suspicions { get; } =
        found.SelectMany(static (one, _) => one.Suspicions);
}

internal static class Providers
{
    /// <summary>The values collected so far, and these.</summary>
    public static IncrementalValueProvider<ImmutableArray<T>> With<T>(
        this IncrementalValueProvider<ImmutableArray<T>> collected, IncrementalValuesProvider<T> more) =>
        collected.Combine(more.Collect()).Select(static (both, _) => both.Left.AddRange(both.Right));
}
