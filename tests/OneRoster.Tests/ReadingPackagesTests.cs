using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

public sealed class ReadingPackagesTests
{
    [Fact]
    public async Task A_package_of_1_2_is_read_whole_and_without_findings()
    {
        var read = await SamplePackage.Version12().ReadAsync();

        Assert.Empty(read.Rules);
        Assert.Equal("OneRoster CSV 1.2", read.Format);
        Assert.Equal(2 + 2 + 1 + 5 + 6 + 1 + 2 + 2, read.Records.Count);
        Assert.Equal((5, 0), read.Rows[RosterCollections.Users]);
        Assert.All(RosterCollections.All, c => Assert.Equal(CollectionMode.Bulk, read.Modes![c]));
    }

    [Fact]
    public async Task A_package_of_1_1_is_read_whole_and_without_findings()
    {
        var read = await SamplePackage.Version11().ReadAsync();

        Assert.Empty(read.Rules);
        Assert.Equal("OneRoster CSV 1.1", read.Format);
        Assert.Equal(2 + 2 + 1 + 5 + 1 + 2 + 2, read.Records.Count);
        Assert.Equal(CollectionMode.Absent, read.Modes![RosterCollections.Roles]);
    }

    [Fact]
    public async Task Every_cell_of_a_user_comes_in_except_the_password()
    {
        var leo = (await SamplePackage.Version12().ReadAsync()).One<UserRecord>("leo");

        Assert.Equivalent(new UserRecord
        {
            SourcedId = "leo",
            Line = 3,
            EnabledUser = true,
            Username = "leo.ortiz",
            UserIds = [new("State", "1001")],
            GivenName = "Leonardo",
            FamilyName = "Ortiz",
            PreferredGivenName = "Leo",
            Pronouns = "he/him",
            Identifier = "1001",
            AgentSourcedIds = ["ana"],
            Grades = ["03"],
            UserMasterIdentifier = "P-1001",
            PrimaryOrgSourcedId = "lincoln",
        }, leo, strict: true);
    }

    [Fact]
    public async Task A_user_of_1_1_carries_a_role_at_each_organization_the_first_being_the_main_one()
    {
        var roles = (await SamplePackage.Version11().ReadAsync()).One<UserRecord>("okafor").Roles;

        Assert.Equal(["okafor|administrator|lincoln", "okafor|administrator|district"], roles.Select(r => r.SourcedId));
        Assert.Equal([true, false], roles.Select(r => r.Primary));
        Assert.Equal(["lincoln", "district"], roles.Select(r => r.OrgSourcedId));
    }

    [Fact]
    public async Task A_class_keeps_quotes_commas_and_its_lists()
    {
        var math = (await SamplePackage.Version12().ReadAsync()).One<ClassRecord>("math3a");

        Assert.Equal("Mathematics 3, group \"A\"", math.Title);
        Assert.Equal(["fall", "year"], math.TermSourcedIds);
        Assert.Equal(["1", "2"], math.Periods);
        Assert.Equal("math3", math.CourseSourcedId);
    }

    [Fact]
    public async Task Enrollments_sessions_roles_and_demographics_come_in_typed()
    {
        var read = await SamplePackage.Version12().ReadAsync();

        var taught = read.One<EnrollmentRecord>("e2");
        Assert.Equal((true, "teacher", "lincoln"), (taught.Primary, taught.Role, taught.SchoolSourcedId));
        Assert.Equal(new DateTimeOffset(2026, 9, 1, 6, 0, 0, TimeSpan.Zero), taught.DateLastModified);
        Assert.Equal(new DateOnly(2027, 6, 12), read.One<EnrollmentRecord>("e1").EndDate);
        Assert.Equal((2027, "year"), (read.One<AcademicSessionRecord>("fall").SchoolYear,
            read.One<AcademicSessionRecord>("fall").ParentSourcedId));
        Assert.Equal([true, false], [read.One<RoleRecord>("r5").Primary, read.One<RoleRecord>("r6").Primary]);
        var leo = read.One<DemographicsRecord>("leo");
        Assert.Equal((new DateOnly(2017, 4, 5), "male", true, false), (leo.BirthDate, leo.Sex, leo.White, leo.Asian));
        Assert.Null(read.One<DemographicsRecord>("mia").White);
    }

    [Fact]
    public async Task A_folder_reads_like_a_zip()
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-").FullName;
        try
        {
            SamplePackage.Version12().WriteTo(folder);
            var fromFolder = await ReadPackage.OfAsync(folder);
            var fromZip = await SamplePackage.Version12().ReadAsync();

            Assert.Empty(fromFolder.Rules);
            Assert.Equivalent(fromZip.Records, fromFolder.Records, strict: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task An_absent_file_is_no_defect()
    {
        var read = await SamplePackage.Version12().Without("courses.csv").Without("demographics.csv")
            .Replace("manifest.csv", "file.courses,bulk", "file.courses,absent")
            .Replace("manifest.csv", "file.demographics,bulk\n", "").ReadAsync();

        Assert.Empty(read.Rules);
        Assert.Equal(CollectionMode.Absent, read.Modes![RosterCollections.Courses]);
        Assert.Equal(CollectionMode.Absent, read.Modes![RosterCollections.Demographics]);
        Assert.Equal((0, 0), read.Rows[RosterCollections.Courses]);
    }

    [Fact]
    public async Task A_deleted_row_in_a_bulk_file_says_so()
    {
        var read = await SamplePackage.Version12()
            .Replace("enrollments.csv", "e1,,", "e1,tobedeleted,")
            .Replace("enrollments.csv", "e2,active", "e2,inactive").ReadAsync();

        Assert.All(read.Records.OfType<EnrollmentRecord>(), e => Assert.Equal(RecordStatus.ToBeDeleted, e.Status));
    }

    [Fact]
    public async Task Reading_ends_when_it_is_cancelled()
    {
        var path = Path.Combine(Path.GetTempPath(), $"k12hub-{Guid.NewGuid():N}.zip");
        await File.WriteAllBytesAsync(path, SamplePackage.Version12().Zip(), TestContext.Current.CancellationToken);
        using var cancel = new CancellationTokenSource();
        var opening = await OneRosterCsv.OpenAsync(path, new(), new CollectedFindings(), cancel.Token);
        await using var source = opening.Source!;
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await source.Users(cancel.Token).GetAsyncEnumerator(cancel.Token).MoveNextAsync());
        File.Delete(path);
    }
}
