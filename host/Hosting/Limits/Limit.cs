namespace K12Hub.Hosting;

/// <summary>How often something may happen, for each of those who cause it.</summary>
/// <param name="Name">Stable name: <c>api.requests</c>.</param>
/// <param name="Most">How often within a window; 0 for as often as one likes.</param>
/// <param name="Window">How long a window is; windows begin at whole multiples of it.</param>
public readonly record struct Limit(string Name, int Most, TimeSpan Window)
{
    /// <summary>So often in a minute.</summary>
    public static Limit PerMinute(string name, int most) => new(name, most, TimeSpan.FromMinutes(1));
}
