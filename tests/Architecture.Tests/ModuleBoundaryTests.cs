using System.Xml.Linq;

namespace K12Hub.Architecture.Tests;

/// <summary>Who may use whom. The arrows are drawn in host/README.md; this is the same list for the machine.</summary>
public sealed class ModuleBoundaryTests
{
    /// <summary>A project, or a whole folder with <c>/*</c>, and what it may refer to.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        ["host/App"] = ["modules/*", "connectors/*", "host/*", "tools/District"],
        ["modules/Contracts"] = [],
        ["modules/*"] =
            ["modules/Contracts", "host/Hosting", "host/EventStore", "host/GraphQL", "host/Ui", "host/Generators"],
        ["connectors/*"] = ["modules/Contracts", "host/Hosting"],
        ["host/Hosting"] = ["host/EventStore", "host/GraphQL", "host/Generators"],
        ["host/Accounts"] = ["host/Hosting", "host/EventStore", "host/GraphQL", "host/Generators"],
        ["host/GraphQL.Http"] = ["host/GraphQL"],
        ["host/*"] = [],
        ["tools/District"] = [],
        ["tools/*"] = ["modules/*", "connectors/*", "host/*", "tools/*"],
        ["tests/*"] = ["modules/*", "connectors/*", "host/*", "tools/*", "tests/*"],
    };

    /// <summary>Libraries that promise to need little: the packages they may use.</summary>
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["host/GraphQL"] = [],
        ["host/EventStore"] = ["Npgsql"],
        ["modules/Contracts"] = [],
    };

    [Fact]
    public void Every_project_refers_only_to_what_its_room_allows() =>
        Complaints.None(Projects().SelectMany(path => Forbidden(path, Repository.Read(path))));

    [Fact]
    public void The_libraries_need_only_the_packages_they_promise() =>
        Complaints.None(Projects().SelectMany(path => Surplus(path, Repository.Read(path))));

    [Fact]
    public void Every_project_is_named_after_its_folder_and_is_in_the_solution()
    {
        var solution = Repository.Read("K12Hub.sln").Replace('\\', '/');
        Complaints.None(Projects().Where(path =>
            Folder(path).Split('/')[^1] != Path.GetFileNameWithoutExtension(path) || !solution.Contains(path)));
    }

    [Fact]
    public void The_rule_notices_a_module_that_knows_another_module() =>
        Assert.Equal(["modules/Surveys -> modules/Inquiries"], Forbidden(
            "modules/Surveys/Surveys.csproj",
            """<P><ProjectReference Include="..\Inquiries\Inquiries.csproj" /></P>"""));

    [Fact]
    public void The_rule_notices_a_connector_that_knows_the_store() =>
        Assert.Equal(["connectors/OneRoster -> host/EventStore"], Forbidden(
            "connectors/OneRoster/OneRoster.csproj",
            """<P><ProjectReference Include="../../host/EventStore/EventStore.csproj" /></P>"""));

    [Fact]
    public void The_rule_notices_a_package_in_the_graphql_library() =>
        Assert.Equal(["host/GraphQL needs Npgsql"], Surplus(
            "host/GraphQL/GraphQL.csproj", """<P><PackageReference Include="Npgsql" /></P>"""));

    private static IReadOnlyList<string> Projects() => Repository.Files(".csproj");

    private static IEnumerable<string> Forbidden(string project, string xml)
    {
        var from = Folder(project);
        var allowed = Arrows.TryGetValue(from, out var own) ? own : Arrows[from.Split('/')[0] + "/*"];
        return References(xml, "ProjectReference")
            .Select(reference => Folder(Resolve(from, reference)))
            .Where(to => !allowed.Contains(to) && !allowed.Contains(to.Split('/')[0] + "/*"))
            .Select(to => $"{from} -> {to}");
    }

    private static IEnumerable<string> Surplus(string project, string xml) =>
        Packages.TryGetValue(Folder(project), out var allowed)
            ? References(xml, "PackageReference").Except(allowed).Select(name => $"{Folder(project)} needs {name}")
            : [];

    private static IEnumerable<string> References(string xml, string element) =>
        XDocument.Parse(xml).Descendants(element).Select(e => e.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string Folder(string path) => path[..path.LastIndexOf('/')];

    private static string Resolve(string from, string reference) =>
        Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", from, reference))).Replace('\\', '/');
}
