using K12Hub.Contracts;
using K12Hub.OneRoster;
using K12Hub.OneRoster.Supplements;

namespace K12Hub.District.Tests;

public sealed class ConnectorTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("k12hub-district-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1.1", 0)]
    [InlineData("1.2", 0)]
    [InlineData("1.2", 150)]
    public async Task The_connector_reads_every_row_and_finds_nothing_wrong(string version, int day)
    {
        var plan = new DistrictPlan(2000, Day: day);
        var zip = Path.Combine(folder.FullName, "district.zip");
        await OneRosterCsvWriter.WriteZipAsync(plan, version, zip, Ct);
        var findings = new CollectedFindings();

        var opening = await OneRosterCsv.OpenAsync(zip, new(), findings, Ct);
        Assert.Empty(opening.Rejections);
        await using var source = opening.Source!;

        var district = GeneratedDistrict.From(plan);
        Assert.Equal(district.Orgs.Count(), await CountAsync(source.Orgs(Ct)));
        Assert.Equal(district.Sessions.Count(), await CountAsync(source.AcademicSessions(Ct)));
        Assert.Equal(district.Courses.Count(), await CountAsync(source.Courses(Ct)));
        Assert.Equal(district.Classes.Count(), await CountAsync(source.Classes(Ct)));
        Assert.Equal(district.People.Count(), await CountAsync(source.Users(Ct)));
        if (version == "1.2") Assert.Equal(district.People.Sum(p => p.Roles.Count), await CountAsync(source.Roles(Ct)));
        Assert.Equal(district.Enrollments.Count(), await CountAsync(source.Enrollments(Ct)));
        Assert.Equal(district.Demographics.Count(), await CountAsync(source.Demographics(Ct)));
        Assert.Null(source.Rejection);
        Assert.Empty(findings.Kept);
    }

    [Fact]
    public async Task The_connector_reads_the_supplement_and_finds_nothing_wrong()
    {
        var plan = new DistrictPlan(2000);
        var path = Path.Combine(folder.FullName, "supplement.csv");
        await SupplementCsvWriter.WriteAsync(plan, path, Ct);
        var findings = new CollectedFindings();
        var opening = await new SupplementCsv(new()).OpenAsync(
            new("supplement.csv", 1, () => File.OpenRead(path)), SupplementMapping.None, findings, Ct);

        var people = GeneratedDistrict.From(plan).People.Where(person => person.Language is not null).ToList();
        await using var source = opening.Source!;
        Assert.Equal(people.Count, await CountAsync(source.Supplements(Ct)));
        Assert.Equal(
            people.Where(person => person.Grade is null).Sum(person => person.AgentIds.Count),
            await CountAsync(source.Guardianships(Ct)));
        Assert.Empty(findings.Kept);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static async Task<int> CountAsync<T>(IAsyncEnumerable<T> rows)
    {
        var count = 0;
        await foreach (var _ in rows) count++;
        return count;
    }
}
