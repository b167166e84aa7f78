using System.Reflection;

namespace K12Hub.App;

/// <summary>Refuses runtimes with a hole that opens every door.</summary>
internal static class RuntimeCheck
{
    /// <summary>The first in which nobody can forge what is protected by keys of ours (CVE-2026-40372).</summary>
    private static readonly Version Safe = new(10, 0, 7);

    /// <summary>Asks the runtime that this process runs on.</summary>
    /// <exception cref="RefusedException">It is older.</exception>
    public static void Require()
    {
        var text = typeof(WebApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
            ?.InformationalVersion;
        if (Complaint(text) is { } complaint) throw new RefusedException(complaint);
    }

    /// <summary>What is wrong with a version of ASP.NET Core; null for nothing.</summary>
    /// <param name="version">As the runtime tells it: <c>10.0.12+5f3c…</c>.</param>
    public static string? Complaint(string? version) =>
        Version.TryParse(version?.Split('+', '-')[0], out var found) && found >= Safe
            ? null
            : $"ASP.NET Core {version ?? "of an unknown version"} is not safe: before {Safe} sign-ins can be forged. "
                + "Install a newer runtime of .NET 10.";
}
