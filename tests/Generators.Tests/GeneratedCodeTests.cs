namespace K12Hub.Generators.Tests;

/// <summary>What is written is kept as text: a change of the generator shows in the diff. After a wanted change run
/// with <c>K12HUB_APPROVE=1</c> and commit the new text.</summary>
public sealed class GeneratedCodeTests
{
    private static readonly Compiled School = Compiled.From(Samples.School);

    [Fact]
    public void The_annotated_code_compiles_with_what_is_generated() => Assert.Empty(School.Errors);

    [Fact]
    public void Each_class_gets_one_file() => Assert.Equal(
        [
            "District.ClubInputSchema.g.cs",
            "District.Mutations.g.cs",
            "District.Queries.g.cs",
            "District.SchoolByIdDataLoader.g.cs",
            "District.SchoolNode.g.cs",
            "District.StudentByIdDataLoader.g.cs",
            "District.StudentNode.g.cs",
            "District.Subscriptions.g.cs",
            "District.WayToSchoolSchema.g.cs",
            "SchoolTypes.g.cs",
        ],
        School.Files.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("District.Queries.g.cs")]
    [InlineData("District.StudentNode.g.cs")]
    [InlineData("District.Mutations.g.cs")]
    [InlineData("District.Subscriptions.g.cs")]
    [InlineData("District.ClubInputSchema.g.cs")]
    [InlineData("District.SchoolByIdDataLoader.g.cs")]
    [InlineData("District.WayToSchoolSchema.g.cs")]
    [InlineData("SchoolTypes.g.cs")]
    public void The_text_is_the_approved_one(string file)
    {
        var approved = Path.Combine(Root(), "tests/Generators.Tests/approved", file + ".txt");
        if (Environment.GetEnvironmentVariable("K12HUB_APPROVE") is "1")
        {
            File.WriteAllText(approved, School.Files[file]);
        }

        Assert.Equal(File.ReadAllText(approved), School.Files[file]);
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
