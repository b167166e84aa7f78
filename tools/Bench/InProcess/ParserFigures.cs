using System.Diagnostics;
using System.Runtime;
using System.Text;
using K12Hub.Bench.Measuring;
using K12Hub.GraphQL.Language;

namespace K12Hub.Bench.InProcess;

/// <summary>Reading a document of a megabyte: operations as clients write them, one after the other.</summary>
internal static class ParserFigures
{
    private const int Bytes = 1024 * 1024;

    public static void Print()
    {
        var text = Encoding.UTF8.GetBytes(Document());
        var clock = new List<double>();
        var work = Work.Measure(() =>
        {
            var started = Stopwatch.GetTimestamp();
            Parser.Parse(new Source(text), ParserLimits.Trusted);
            clock.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        })[0];

        clock.Sort();
        var collector = GCSettings.LatencyMode is GCLatencyMode.Batch ? "not concurrent" : "concurrent";
        Console.WriteLine($"document of 1 MB read, garbage collector {collector}");
        Console.WriteLine($"  {work.Microseconds / 1000:0.0} ms of processor time, {clock[clock.Count / 2]:0.0} ms by "
            + $"the clock ({clock[0]:0.0} at best)   {work.Bytes / Bytes:0.0} bytes allocated a byte (goal: 15 ms)");
    }

    private static string Document()
    {
        var text = new StringBuilder(Bytes + 1024);
        for (var number = 0; text.Length < Bytes; number++)
        {
            text.Append(
                $$"""
                query Students{{number}}($after: String, $grade: String = "05", $first: Int! = 50) {
                  page{{number}}: students(first: $first, after: $after, where: { grade: { eq: $grade } }) {
                    nodes {
                      id
                      givenName
                      familyName
                      school @include(if: true) { id name }
                      guardians { ...Contact }
                    }
                    pageInfo { hasNextPage endCursor }
                  }
                }

                """);
        }

        return text.Append("fragment Contact on Guardian { id name phone }").ToString();
    }
}
