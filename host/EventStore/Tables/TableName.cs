using System.Globalization;
using System.Text.RegularExpressions;

namespace K12Hub.EventStore;

/// <summary>Where a read table lives: a stable view and, behind it, one table per version of the shape.</summary>
public sealed partial record TableName
{
    internal TableName(string view, int version, bool isStores = false)
    {
        if (!TwoParts().IsMatch(view))
        {
            throw new ArgumentException($"'{view}' is not a view name: write schema.name in lower case and digits.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(version, 1);
        (View, Version) = (view, version);
        Schema = view[..view.IndexOf('.')];
        if (Schema is "public" || Schema is "es" != isStores)
        {
            throw new ArgumentException($"'{view}': the schemas es and public are not for read tables.");
        }
    }

    /// <summary>Schema of both.</summary>
    public string Schema { get; }

    /// <summary>Schema and name readers use.</summary>
    public string View { get; }

    /// <summary>Number of the shape.</summary>
    public int Version { get; }

    /// <summary>Schema and name of the physical table.</summary>
    public string Table => string.Create(CultureInfo.InvariantCulture, $"{View}_v{Version}");

    /// <summary>Name of the physical table without schema.</summary>
    internal string Bare => Table[(Schema.Length + 1)..];

    [GeneratedRegex(@"^[a-z][a-z0-9_]{0,39}\.[a-z][a-z0-9_]{0,39}$")]
    private static partial Regex TwoParts();
}
