using K12Hub.Testing;

namespace K12Hub.Roster.Tests.History;

/// <summary>A district with two elementary schools and a middle school whose students a test sends night by
/// night.</summary>
internal sealed class Nights : IAsyncDisposable
{
    /// <summary>What is in the ledger, the oldest first; what was put right stands in parentheses.</summary>
    public const string Ledger =
        """
        select case when m.is_current then line else '(' || line || ')' end
          from roster.movements m
          join roster.people p on p.id = m.person_id
          left join roster.organizations a on a.id = m.from_school_id
          left join roster.organizations b on b.id = m.to_school_id
         cross join lateral (select concat_ws(' ', p.sourced_id, m.kind, m.moved_on, a.sourced_id || ' >',
                                              '> ' || b.sourced_id) as line) l
         where not m.is_baseline
         order by m.known_at, p.sourced_id, m.revision
        """;

    private readonly ManualTime time;

    private Nights(ManualTime time, TestDistrict district) => (this.time, District) = (time, district);

    public TestDistrict District { get; }

    /// <summary>A district that knows of somebody in each school, who stays.</summary>
    public static async Task<Nights> BeginAsync(string day = "2026-09-07")
    {
        var time = new ManualTime(Moment(day));
        var nights = new Nights(time, await TestDistrict.CreateAsync(time));
        nights.District.Limits = new()
        {
            GraceDays = 0, HoldAboveSchoolPercent = 100, HoldAboveKindPercent = 100, HoldAboveSchoolEndings = 1_000,
        };
        await nights.SendAsync(day);
        return nights;
    }

    /// <summary>Sends who stays and some students on the night of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="students">Name, school, grade, and the first and last day of the role where the source says
    /// them: <c>amy lincoln 03 2026-09-01 2027-06-12</c>.</param>
    public async Task<ImportOutcome> SendAsync(string day, params string[] students)
    {
        time.Advance(Moment(day) - time.GetUtcNow());
        var outcome = await District.ImportAsync(Sent(["bea lincoln 03", "bob oak 03", "bud king 07", .. students]));
        Assert.Contains(outcome.Status, (ImportStatus[])[ImportStatus.Applied, ImportStatus.Unchanged]);
        return outcome;
    }

    /// <summary>The ledger when everything has been followed.</summary>
    public async Task<List<string>> LedgerAsync()
    {
        await District.ProjectAsync();
        return await District.ListAsync(Ledger);
    }

    public ValueTask DisposeAsync() => District.DisposeAsync();

    private static DateTimeOffset Moment(string day) => DateTimeOffset.Parse(day + "T09:00:00Z", null);

    private static Package Sent(string[] students)
    {
        var package = Package.Version12()
            .With("orgs.csv", "oak,,,Oak Elementary,school,,district", "king,,,King Middle,school,,district");
        foreach (var student in students)
        {
            var (name, school, grade, begin, end) = student.Split(' ') switch
            {
                [var a, var b, var c] => (a, b, c, "", ""),
                [var a, var b, var c, var d] => (a, b, c, d, ""),
                [var a, var b, var c, var d, var e] => (a, b, c, d == "-" ? "" : d, e),
                _ => throw new ArgumentException(student),
            };
            package
                .With("users.csv", $"{name},,,true,{name},,{name},Student,,,,,,,{grade},,,,,,,")
                .With("roles.csv", $"r-{name},,,{name},primary,student,{begin},{end},{school},");
        }

        return package;
    }
}
