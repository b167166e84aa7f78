using System.Diagnostics;
using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

/// <summary>Damages good packages at random. Whatever comes, the connector answers with records and findings, and
/// never with an exception. A failure prints its seed; K12HUB_FUZZ_SEED repeats it, K12HUB_FUZZ_SECONDS takes
/// longer.</summary>
public sealed class FuzzTests
{
    private const int OrdinarySeconds = 5;

    private static readonly byte[][] snippets =
    [
        [], [0], [0xFF], "\""u8.ToArray(), ","u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\"\""u8.ToArray(),
        [0xC3], [0xEF, 0xBB, 0xBF], [0xFF, 0xFE], "0001-01-01"u8.ToArray(), "{"u8.ToArray(),
        "PK\u0003\u0004"u8.ToArray(),
        "sourcedId"u8.ToArray(), "../"u8.ToArray(), [0xED, 0xA0, 0x80], "999999999999"u8.ToArray(),
    ];

    [Fact]
    public async Task No_damage_to_texts_leads_to_an_exception() =>
        await Fuzz((random, package) => ReadAsync(DamagedTexts(random, package).Zip()));

    [Fact]
    public async Task No_damage_to_a_zip_leads_to_an_exception() =>
        await Fuzz((random, package) => ReadAsync(Damaged(random, package.Zip())));

    private static async Task Fuzz(Func<Random, SamplePackage, Task> once)
    {
        var seed = Number("K12HUB_FUZZ_SEED") ?? Environment.TickCount;
        var seconds = Number("K12HUB_FUZZ_SECONDS") ?? OrdinarySeconds;
        var clock = Stopwatch.StartNew();
        for (var round = 0; clock.Elapsed.TotalSeconds < seconds; round++)
        {
            var random = new Random(seed + round);
            try
            {
                await once(random, random.Next(2) == 0 ? SamplePackage.Version11() : SamplePackage.Version12());
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"K12HUB_FUZZ_SEED={seed + round} shows it again.", e);
            }
        }
    }

    private static async Task ReadAsync(byte[] zip)
    {
        var read = await ReadPackage.OfZipAsync(zip);
        var rejected = read.Rows.Values.Sum(r => r.Rejected);

        Assert.Equal(rejected > 0, read.Findings.Any(f => f.Effect == FindingEffect.RowRejected));
        Assert.All(read.Refusals, f => Assert.Equal(FindingEffect.RunRejected, f.Effect));
        Assert.True(read.Refusals.Count > 0 || read.Rows.Count == RosterCollections.All.Count);
    }

    private static SamplePackage DamagedTexts(Random random, SamplePackage package)
    {
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var file = package.Files.Keys.ElementAt(random.Next(package.Files.Count));
            package.With(file, Damaged(random, package.Files[file]));
        }

        return package;
    }

    private static byte[] Damaged(Random random, byte[] bytes)
    {
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            var at = random.Next(bytes.Length + 1);
            var most = random.Next(3) == 0 ? bytes.Length - at : Math.Min(2, bytes.Length - at);
            var gone = random.Next(most + 1);
            byte[] put = random.Next(2) == 0
                ? snippets[random.Next(snippets.Length)]
                : bytes[..random.Next(Math.Min(bytes.Length, 300))];
            bytes = [.. bytes[..at], .. put, .. bytes[(at + gone)..]];
        }

        return bytes;
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : null;
}
