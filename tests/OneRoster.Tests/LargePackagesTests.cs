using System.Globalization;
using System.IO.Compression;
using System.Text;
using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

[Collection(nameof(Alone))]
public sealed class LargePackagesTests
{
    private const int RowsPerBlock = 8_192;
    private const int Blocks = 244;
    private const int Rows = RowsPerBlock * Blocks;

    /// <summary>Bytes of the heap that reading may hold at any time; the file is thirty times larger.</summary>
    private const long MostHeld = 8_000_000;

    [Fact]
    public async Task A_file_of_hundreds_of_megabytes_needs_no_more_memory_than_a_small_one()
    {
        var ct = TestContext.Current.CancellationToken;
        var path = Path.Combine(Path.GetTempPath(), $"k12hub-{Guid.NewGuid():N}.zip");
        try
        {
            var unpacked = WriteZip(path);
            var opening = await OneRosterCsv.OpenAsync(path, new(), new CollectedFindings(), ct);
            await using var source = opening.Source!;
            var (count, held) = await ReadAsync(source, ct);

            Assert.Null(source.Rejection);
            Assert.Equal((Rows, true), (count, unpacked > 200_000_000));
            Assert.InRange(held, 0, MostHeld);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<(int Count, long Held)> ReadAsync(IRosterSource source, CancellationToken ct)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (count, held) = (0, 0L);
        await foreach (var enrollment in source.Enrollments(ct))
        {
            if (++count % (Rows / 4) == 0)
                held = Math.Max(held, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        return (count, held);
    }

    private static long WriteZip(string path)
    {
        using var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create);
        foreach (var (name, bytes) in SamplePackage.Version12().Without("enrollments.csv").Files)
        {
            using var entry = zip.CreateEntry(name).Open();
            entry.Write(bytes);
        }

        using var enrollments = zip.CreateEntry("enrollments.csv", CompressionLevel.Fastest).Open();
        return WriteEnrollments(enrollments);
    }

    /// <summary>Writes one block of different rows again and again; it is too long for the packer to notice.</summary>
    private static long WriteEnrollments(Stream to)
    {
        to.Write("sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,"u8);
        to.Write("primary,beginDate,endDate\n"u8);
        var block = new StringBuilder();
        for (var row = 1; row <= RowsPerBlock; row++)
        {
            block.Append(CultureInfo.InvariantCulture,
                $"enrollment-{row * 2_654_435_761L:x16},,,class-{row * 40_503L % 99_991:x8}-{row % 997:x8},lincoln,");
            block.Append(CultureInfo.InvariantCulture,
                $"student-{row / 7 * 2_246_822_519L:x16},student,false,2026-08-31,2027-06-12\n");
        }

        var bytes = Encoding.ASCII.GetBytes(block.ToString());
        for (var written = 0; written < Blocks; written++) to.Write(bytes);

        return (long)bytes.Length * Blocks;
    }
}

/// <summary>Tests that measure memory run alone: all tests of a process share one heap.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
