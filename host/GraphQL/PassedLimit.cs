using System.Globalization;

namespace K12Hub.GraphQL;

/// <summary>A limit of the server that a request passes. Counting stops where a limit is passed, so that the refusal
/// costs no more than the limit allows.</summary>
/// <param name="Measure">What is measured: the option without <c>Max</c>, such as <c>rootFields</c> for
/// <c>MaxRootFields</c>.</param>
/// <param name="Limit">The most that is allowed.</param>
/// <param name="Actual">What was measured, or counted until it was too much.</param>
/// <param name="Coordinate">The schema element at which it was too much, such as <c>Query.students</c>; null where
/// only the place in the document is known.</param>
public sealed record PassedLimit(string Measure, double Limit, double Actual, string? Coordinate = null)
{
    /// <summary>How it stands in <c>extensions</c>.</summary>
    public Dictionary<string, object?> ToExtensions()
    {
        var entries = new Dictionary<string, object?>();
        if (Coordinate is not null) entries.Add("coordinate", Coordinate);
        entries.Add("measure", Measure);
        entries.Add("limit", Finite(Limit));
        entries.Add("actual", Finite(Actual));
        return entries;
    }

    /// <summary>A number as sentences have it.</summary>
    internal static string Text(double number) => number.ToString("#,0.##", CultureInfo.InvariantCulture);

    // JSON has no infinity.
    private static double Finite(double value) => double.IsFinite(value) ? value : double.MaxValue;
}
