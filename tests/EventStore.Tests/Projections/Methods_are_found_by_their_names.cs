namespace K12Hub.EventStore.Tests.Projections;

public sealed class Methods_are_found_by_their_names
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");
    private static readonly Guid Pool = new("00000000-0000-0000-0000-0000000000b3");

    [Fact]
    public async Task A_row_is_made_changed_and_deleted_by_what_they_say()
    {
        await using var test = await TestStore.CreateAsync(Add<Desks>);
        await test.OpenAsync(
            Bus, "Bus 12 was late", new InquiryAnswered("reyes"), new InquiryClosed(ClosingReason.Resolved));
        await test.OpenAsync(Lunch, "Lunch money", new InquiryAnswered("reyes"), new InquiryAnswered("okafor"));
        await test.OpenAsync(Pool, "Pool hours", new InquiryClosed(ClosingReason.Resolved));
        await test.WriteAsync(new Guid("00000000-0000-0000-0000-0000000000c1"), "reyes okafor reyes nobody");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();

        Assert.Equal(
            "okafor 1 1 6\nreyes 2 1 2",
            await test.RowsAsync("select name, inquiries, notes, first_position from notes.desks order by 1"));
        await test.WriteAsync(new Guid("00000000-0000-0000-0000-0000000000c2"), "gone reyes nobody");
        await test.ProjectedAsync();
        Assert.Equal("okafor 1", await test.RowsAsync("select name, inquiries from notes.desks"));
    }

    [Fact]
    public void A_method_with_the_name_and_not_the_shape_is_refused()
    {
        Assert.Contains("Hidden.Apply must be public, return DeskRow and take one event, DeskRow", Refused<Hidden>());
        Assert.Contains("Wrong.Identity must be public, return String and take one event", Refused<Wrong>());
        Assert.Contains("Twice has Create for InquiryAnswered twice", Refused<Twice>());
    }

    [Fact]
    public void An_event_whose_row_or_whose_change_was_forgotten_is_refused()
    {
        Assert.Contains("Lost does not say to which row InquiryAnswered belongs", Refused<Lost>());
        Assert.Contains("Idle does not say what NoteWritten does to a row", Refused<Idle>());
        Assert.Contains("Both has both Evolve and Create, Apply or ShouldDelete", Refused<Both>());
    }

    private static void Add<TProjection>(StoreOptions options)
        where TProjection : IProjection, new()
    {
        options.Tables.Add<DeskRow>("notes.desks", 1, t => t.Key(row => row.Name));
        options.Projections.Add<TProjection>(ProjectionLifecycle.Async);
    }

    private static string Refused<TProjection>()
        where TProjection : IProjection, new() => Assert.ThrowsAny<Exception>(() => DocumentStore.For(options =>
        {
            TestStore.Configure(options, "Host=nowhere");
            Add<TProjection>(options);
        })) is var refused and (ArgumentException or InvalidOperationException) ? refused.Message : "";

    /// <summary>What lies on somebody's desk.</summary>
    public sealed record DeskRow(string Name, int Inquiries, int Notes, long FirstPosition);

    internal abstract class Named : MultiStreamProjection<DeskRow, string>
    {
        public static string Identity(InquiryAnswered e) => e.Text;

        public static DeskRow Create(InquiryAnswered e, RecordedEvent envelope) =>
            new(e.Text, 1, 0, envelope.Position);
    }

    internal sealed class Desks : Named
    {
        private readonly int one = 1;

        public Desks() => Identities<NoteWritten>(e => e.Text.Split(' '));

        public static DeskRow Apply(DeskRow desk, InquiryAnswered e) => desk with { Inquiries = desk.Inquiries + 1 };

        public DeskRow Apply(NoteWritten e, string name, DeskRow desk) =>
            name == desk.Name ? desk with { Notes = desk.Notes + one } : desk;

        public static bool ShouldDelete(NoteWritten e) => e.Text.StartsWith("gone", StringComparison.Ordinal);
    }

    internal sealed class Hidden : Named
    {
        internal static DeskRow Apply(InquiryAnswered e, DeskRow desk) => desk;
    }

    internal sealed class Wrong : MultiStreamProjection<DeskRow, string>
    {
        public static Guid Identity(InquiryAnswered e) => Guid.Empty;
    }

    internal sealed class Twice : Named
    {
        public static DeskRow Create(InquiryAnswered e) => new(e.Text, 0, 0, 0);
    }

    internal sealed class Lost : MultiStreamProjection<DeskRow, string>
    {
        public static string Identity(NoteWritten e) => e.Text;

        public static DeskRow Create(InquiryAnswered e) => new(e.Text, 0, 0, 0);
    }

    internal sealed class Idle : Named
    {
        public static IEnumerable<string> Identities(NoteWritten e) => e.Text.Split(' ');
    }

    internal sealed class Both : Named
    {
        public override DeskRow? Evolve(DeskRow? row, string key, RecordedEvent happened) => row;
    }
}
