using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Conventions;

/// <summary>The annotated school as a schema text. After a wanted change run with <c>K12HUB_APPROVE=1</c> and commit
/// the new text.</summary>
public sealed class SchemaTextTests
{
    [Fact]
    public void The_annotations_make_the_approved_schema()
    {
        var text = SchemaPrinter.Print(new SchoolHarness().Schema);
        var approved = Path.Combine(Root(), "tests/GraphQL.Tests/Conventions/approved/school.graphql");
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1")
        {
            File.WriteAllText(approved, text);
        }

        Assert.Equal(File.ReadAllText(approved), text);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "K12Hub.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
