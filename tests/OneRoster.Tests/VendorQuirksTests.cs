using System.Text;
using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

/// <summary>What vendors do differently and harmlessly: the same records must come in.</summary>
public sealed class VendorQuirksTests
{
    private const string Users = "users.csv";

    [Theory, InlineData("\n", "\r\n"), InlineData("\n", "\r"), InlineData("\n", "\n\n\n"), InlineData("\n", " \n")]
    public async Task Line_ends_and_blank_lines_do_not_matter(string from, string to)
    {
        var package = SamplePackage.Version12();
        foreach (var file in package.Files.Keys.ToList()) package.Replace(file, from, to);

        await ReadsTheSame(package);
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_matter()
    {
        var package = SamplePackage.Version12();
        foreach (var (name, bytes) in package.Files.ToList()) package.With(name, [0xEF, 0xBB, 0xBF, .. bytes]);

        await ReadsTheSame(package);
    }

    [Fact]
    public async Task A_file_without_a_line_end_at_its_end_is_whole()
    {
        var package = SamplePackage.Version12();
        foreach (var (name, bytes) in package.Files.ToList()) package.With(name, bytes[..^1]);

        await ReadsTheSame(package);
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task UTF_16_is_read_with_a_warning(bool bigEndian)
    {
        var utf16 = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var text = Encoding.UTF8.GetString(SamplePackage.Version12().Files[Users]);

        await ReadsTheSame(
            SamplePackage.Version12().With(Users, [.. utf16.Preamble, .. utf16.GetBytes(text)]), "encoding.converted");
    }

    [Fact]
    public async Task Windows_1252_is_read_with_a_warning()
    {
        var text = Encoding.UTF8.GetString(SamplePackage.Version12().Files[Users]);

        await ReadsTheSame(SamplePackage.Version12().With(Users, Encoding.Latin1.GetBytes(text)), "encoding.converted");
    }

    [Fact]
    public async Task A_UTF_8_name_in_a_Windows_1252_file_rejects_its_row_instead_of_misspelling_it()
    {
        var text = Encoding.UTF8.GetString(SamplePackage.Version12().Files[Users]);
        byte[] ana = [0xE1, .. "na"u8];
        byte[] maria = [.. "Mar\u00EDa"u8];
        var mixed = Encoding.Latin1.GetString(Encoding.Latin1.GetBytes(text))
            .Replace("Ana,", Encoding.Latin1.GetString(ana) + ",", StringComparison.Ordinal)
            .Replace("Maria,", Encoding.Latin1.GetString(maria) + ",", StringComparison.Ordinal);
        var read = await SamplePackage.Version12().With(Users, Encoding.Latin1.GetBytes(mixed)).ReadAsync();

        Assert.Equal(["encoding.converted", "encoding.invalid"], read.Rules);
        Assert.Equal("\u00E1na", read.One<UserRecord>("ana").GivenName);
        Assert.DoesNotContain(read.Records.OfType<UserRecord>(), u => u.SourcedId == "reyes");
    }

    [Fact]
    public async Task Columns_are_found_in_any_order_and_case() => await ReadsTheSame(SamplePackage.Version12()
        .With("orgs.csv", """
            PARENTSOURCEDID,metadata.phone,Identifier,"Name" ,status,type,dateLastModified,SourcedID
            ,555,0600001,Riverside School District,,District,,district
            district,,060000101,Lincoln Elementary,,SCHOOL,, lincoln
            """));

    [Fact]
    public async Task Empty_header_cells_at_the_end_and_rows_without_them_do_not_matter() => await ReadsTheSame(
        SamplePackage.Version12().Replace("courses.csv", "subjectCodes\n", "subjectCodes,,\n")
            .Replace("orgs.csv", "parentSourcedId\n", "parentSourcedId, ,\n")
            .Replace("orgs.csv", "district\n", "district,,\n"));

    [Fact]
    public async Task A_manifest_with_two_headers_misspelt_and_in_another_case_is_read() => await ReadsTheSame(
        SamplePackage.Version12()
            .Replace("manifest.csv", "propertyName,value\n", "\"PropertyName\",\"Value\"\npropertyName,value\n")
            .Replace("manifest.csv", "manifest.version", "mainfest.version")
            .Replace("manifest.csv", "file.users,bulk", "FILE.Users, Bulk"));

    [Theory, InlineData("OneRoster/"), InlineData("a/b/c/"), InlineData(@"OneRoster\")]
    public async Task Files_in_a_folder_of_the_zip_are_found(string folder) =>
        await ReadsTheSame(await ReadPackage.OfZipAsync(SamplePackage.Version12().Zip(folder)));

    [Fact]
    public async Task What_macOS_and_others_add_to_a_zip_is_passed_over() => await ReadsTheSame(
        SamplePackage.Version12().With("__MACOSX/._users.csv", "x").With("._orgs.csv", "x")
            .With(".DS_Store", "x").With("Read me.txt", "x"));

    [Fact]
    public async Task File_names_are_found_in_any_case() => await ReadsTheSame(SamplePackage.Version12()
        .Rename(Users, "USERS.CSV").Rename("manifest.csv", "Manifest.csv").Rename("orgs.csv", "Orgs.csv"));

    [Fact]
    public async Task Names_of_the_REST_interface_are_known_as_headers() => await ReadsTheSame(SamplePackage.Version12()
        .Replace(Users, "agentSourcedIds", "agents").Replace(Users, "preferredGivenName", "preferredFirstName")
        .Replace("enrollments.csv", "classSourcedId,schoolSourcedId,userSourcedId", "class,school,user")
        .Replace("classes.csv", "courseSourcedId", "course").Replace("classes.csv", "termSourcedIds", "terms")
        .Replace("roles.csv", "orgSourcedId", "org").Replace("orgs.csv", "parentSourcedId", "parent"), "column.alias");

    [Fact]
    public async Task Demographics_of_1_0_are_read() => await ReadsTheSame(
        SamplePackage.Version12().Replace("demographics.csv", "sourcedId", "userSourcedId")
            .Replace("demographics.csv", "birthDate", "birthdate"), "column.alias");

    [Fact]
    public async Task Flags_dates_and_words_are_read_as_systems_write_them() => await ReadsTheSame(
        SamplePackage.Version12().Replace(Users, ",true,", ",TRUE,").Replace("enrollments.csv", ",true,", ",1,")
            .Replace("demographics.csv", ",false,", ",No,").Replace("demographics.csv", "female", "F")
            .Replace("demographics.csv", ",male", ",M").Replace("demographics.csv", "2017-04-05", "2017-04-05T00:00:00")
            .Replace("enrollments.csv", "2026-08-31", "2026-08-31 00:00")
            .Replace("enrollments.csv", "student", "Student")
            .Replace("enrollments.csv", "2026-09-01T06:00:00.000Z", "2026-09-01 06:00:00")
            .Replace("roles.csv", "guardian,,", "guardian,0001-01-01,1900-01-01"));

    [Fact]
    public async Task Letters_and_their_accents_are_joined() => await ReadsTheSame(
        SamplePackage.Version12().Replace(Users, "M\u00EDa", " Mi\u0301\u0007a\u00A0"));

    [Theory, InlineData("09,10"), InlineData("9;10"), InlineData("9 10"), InlineData("9|10")]
    public async Task Lists_of_grades_are_split_as_systems_write_them(string grades)
    {
        var read = await SamplePackage.Version12().Replace(Users, "ana,03", $"ana,\"{grades}\"").ReadAsync();

        Assert.Equal(["9", "10"], read.One<UserRecord>("leo").Grades.Select(g => g.TrimStart('0')));
    }

    [Fact]
    public async Task A_grade_of_two_words_and_a_key_with_a_bar_stay_whole()
    {
        var read = await SamplePackage.Version12().Replace(Users, "ana,03", "12|34,Third grade").ReadAsync();

        Assert.Equal(["Third grade"], read.One<UserRecord>("leo").Grades);
        Assert.Equal(["12|34"], read.One<UserRecord>("leo").AgentSourcedIds);
    }

    [Fact]
    public async Task Whoever_sends_no_name_is_called_by_the_user_name()
    {
        var read = await SamplePackage.Version12().Replace(Users, "Maria,Reyes", ",").ReadAsync();

        var reyes = read.One<UserRecord>("reyes");
        Assert.Equal(("", "m.reyes"), (reyes.GivenName, reyes.FamilyName));
        Assert.Equal(["cell.left_out"], read.Rules);
    }

    private static async Task ReadsTheSame(SamplePackage package, params string[] rules) =>
        await ReadsTheSame(await package.ReadAsync(), rules);

    private static async Task ReadsTheSame(ReadPackage read, params string[] rules)
    {
        var plain = await SamplePackage.Version12().ReadAsync();

        Assert.Equal(rules, read.Rules);
        Assert.Equivalent(plain.Records.Select(AtNoLine), read.Records.Select(AtNoLine), strict: true);
    }

    private static RosterRecord AtNoLine(RosterRecord record) => record with { Line = 0 };
}
