using System.Reflection;

namespace K12Hub.EventStore;

/// <summary>One SQL file of this library. Files under <c>Once</c> run once, in order of their names, and never change
/// after a release; files under <c>Repeatable</c> hold functions only and run again whenever they change.</summary>
internal sealed record SchemaScript(string Name, string Sql)
{
    public bool Once => Name.StartsWith("Once", StringComparison.Ordinal);

    public string Checksum { get; } = EventStore.Checksum.Of(Sql);

    /// <summary>All files, those that run once first.</summary>
    public static IReadOnlyList<SchemaScript> All()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => new SchemaScript(name.Replace('\\', '/'), Text(assembly, name)))
                .OrderByDescending(script => script.Once)
                .ThenBy(script => script.Name, StringComparer.Ordinal),
        ];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
