using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace K12Hub.OneRoster.Tests;

public sealed class PackageDefectsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("k12hub-").FullName;

    /// <summary>The rules that the tests below break.</summary>
    public static IEnumerable<string> Rules =>
    [
        "package.not_found", "package.not_zip", "package.too_large", "package.too_many_files", "zip.damaged",
        "zip.bomb", "zip.unsafe_name", "zip.nested", "zip.encrypted", "file.link", "file.twice", "file.too_large",
        "file.changed", "file.unreadable",
    ];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_path_that_leads_nowhere_is_refused() =>
        Refused("package.not_found", await ReadPackage.OfAsync(Path.Combine(folder, "nothing.zip")));

    [Theory, InlineData(""), InlineData("sourcedId,status"), InlineData("PK")]
    public async Task A_file_that_is_no_zip_is_refused(string text) =>
        Refused("package.not_zip", await ReadPackage.OfZipAsync(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public async Task A_zip_above_the_limit_is_refused()
    {
        var zip = new byte[1_048_577];

        Refused("package.too_large", await ReadPackage.OfZipAsync(zip, new() { MaxPackageMegabytes = 1 }));
    }

    [Fact]
    public async Task A_zip_with_too_many_files_is_refused()
    {
        var package = SamplePackage.Version12();
        for (var i = 0; i < 60; i++) package.With($"{i}.txt", "");

        Refused("package.too_many_files", await package.ReadAsync());
    }

    [Fact]
    public async Task A_folder_with_too_many_files_is_refused()
    {
        for (var i = 0; i < 65; i++) File.WriteAllText(Path.Combine(folder, $"{i}.txt"), "");

        Refused("package.too_many_files", await ReadPackage.OfAsync(folder));
    }

    [Fact]
    public async Task A_zip_cut_off_anywhere_is_refused()
    {
        var zip = SamplePackage.Version12().Zip();
        for (var length = 4; length < zip.Length; length += 97)
            Refused("zip.damaged", await ReadPackage.OfZipAsync(zip[..length]));
    }

    [Fact]
    public async Task A_file_that_does_not_match_its_check_sum_is_refused()
    {
        var zip = SamplePackage.Version12().Zip();
        ChangeDirectory(zip, "users.csv", at: 16, crc => crc ^ 1);

        Refused("zip.damaged", await ReadPackage.OfZipAsync(zip));
    }

    [Fact]
    public async Task A_file_longer_than_announced_is_refused()
    {
        var zip = SamplePackage.Version12().Zip();
        ChangeDirectory(zip, "users.csv", at: 24, length => length - 1);

        Refused("zip.damaged", await ReadPackage.OfZipAsync(zip));
    }

    [Fact]
    public async Task A_file_that_unpacks_to_a_thousand_times_its_size_is_refused()
    {
        var bomb = SamplePackage.Version12().With("enrollments.csv", new byte[20_000_000]);

        Refused("zip.bomb", await bomb.ReadAsync());
    }

    [Fact]
    public async Task A_file_above_the_limit_is_refused()
    {
        var large = SamplePackage.Version12().With("enrollments.csv", new byte[1_048_577]);
        large.WriteTo(folder);
        var settings = new OneRosterSettings { MaxFileMegabytes = 1 };

        Refused("zip.bomb", await large.ReadAsync(settings));
        Refused("file.too_large", await ReadPackage.OfAsync(folder, settings));
    }

    [Theory, InlineData("../users.csv"), InlineData("/etc/passwd"), InlineData(@"..\..\appsettings.json"),
        InlineData("C:/users.csv"), InlineData("a/../../b.csv"), InlineData("a\0b.csv")]
    public async Task A_name_that_leads_out_of_the_zip_is_refused(string name) =>
        Refused("zip.unsafe_name", await SamplePackage.Version12().With(name, "").ReadAsync());

    [Fact]
    public async Task A_zip_within_the_zip_is_refused() =>
        Refused("zip.nested", await SamplePackage.Version12().With("more.ZIP", "").ReadAsync());

    [Fact]
    public async Task A_protected_zip_is_refused()
    {
        var zip = SamplePackage.Version12().Zip();
        ChangeDirectory(zip, "users.csv", at: 8, flags => flags | 1);

        Refused("zip.encrypted", await ReadPackage.OfZipAsync(zip));
    }

    [Fact]
    public async Task A_link_is_refused_in_a_zip_and_in_a_folder()
    {
        var zip = SamplePackage.Version12().Zip();
        ChangeDirectory(zip, "users.csv", at: 38, _ => 0xA1FF_0000);
        SamplePackage.Version12().Without("users.csv").WriteTo(folder);
        File.CreateSymbolicLink(Path.Combine(folder, "users.csv"), "/etc/passwd");

        Refused("file.link", await ReadPackage.OfZipAsync(zip));
        Refused("file.link", await ReadPackage.OfAsync(folder));
    }

    [Fact]
    public async Task A_file_that_is_there_twice_is_refused()
    {
        Refused("file.twice", await SamplePackage.Version12().With("USERS.csv", "").ReadAsync());
        Refused("file.twice", await SamplePackage.Version12().With("copy/manifest.csv", "").ReadAsync());
    }

    [Fact]
    public async Task A_pipe_in_the_folder_is_refused_and_never_opened()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("There are no pipes in folders here.");
        SamplePackage.Version12().Without("users.csv").WriteTo(folder);
        using var made = Process.Start("mkfifo", [Path.Combine(folder, "users.csv")]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);

        Refused("file.empty", await ReadPackage.OfAsync(folder));
    }

    [Fact]
    public async Task A_folder_that_changes_while_it_is_read_is_refused()
    {
        SamplePackage.Version12().WriteTo(folder);
        var ct = TestContext.Current.CancellationToken;
        var opening = await OneRosterCsv.OpenAsync(folder, new(), new Contracts.CollectedFindings(), ct);
        await using var source = opening.Source!;
        await File.AppendAllTextAsync(Path.Combine(folder, "users.csv"), "new,,", ct);
        await foreach (var user in source.Users(ct)) Assert.NotNull(user);

        Assert.Equal("file.changed", source.Rejection?.Rule);
        Assert.Empty(await source.Enrollments(ct).ToListAsync(ct));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_refused()
    {
        SamplePackage.Version12().WriteTo(folder);
        var ct = TestContext.Current.CancellationToken;
        var opening = await OneRosterCsv.OpenAsync(folder, new(), new Contracts.CollectedFindings(), ct);
        await using var source = opening.Source!;
        File.Delete(Path.Combine(folder, "users.csv"));
        Assert.Empty(await source.Users(ct).ToListAsync(ct));

        Assert.Equal("file.unreadable", source.Rejection?.Rule);
    }

    private static void Refused(string rule, ReadPackage read) => Assert.Equal(rule, Assert.Single(read.Refusals).Rule);

    /// <summary>Changes four bytes of a file's entry in the zip's directory.</summary>
    private static void ChangeDirectory(byte[] zip, string file, int at, Func<uint, uint> change)
    {
        for (var entry = 0; ; entry++)
        {
            entry += zip.AsSpan(entry).IndexOf("PK\u0001\u0002"u8);
            var name = zip.AsSpan(entry + 46, BinaryPrimitives.ReadUInt16LittleEndian(zip.AsSpan(entry + 28)));
            if (!name.SequenceEqual(Encoding.UTF8.GetBytes(file))) continue;
            var field = zip.AsSpan(entry + at, 4);
            BinaryPrimitives.WriteUInt32LittleEndian(field, change(BinaryPrimitives.ReadUInt32LittleEndian(field)));
            return;
        }
    }
}
