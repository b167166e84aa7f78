namespace K12Hub.Architecture.Tests;

/// <summary>What a rule found; a test passes when there is nothing.</summary>
internal static class Complaints
{
    /// <summary>Fails with every complaint on a line of its own.</summary>
    public static void None(IEnumerable<string> found)
    {
        var complaints = found.ToList();
        if (complaints.Count > 0) Assert.Fail(string.Join('\n', complaints));
    }
}
