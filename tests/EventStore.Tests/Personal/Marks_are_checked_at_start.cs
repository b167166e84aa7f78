namespace K12Hub.EventStore.Tests;

public sealed class Marks_are_checked_at_start
{
    [Fact]
    public void Personal_data_needs_a_key_ring() => Assert.Contains(
        "Set options.KeyRing", Refused<FamilyRegistered>(o => o.KeyRing = null), StringComparison.Ordinal);

    [Fact]
    public void A_mark_names_a_subject_that_is_stored_with_it()
    {
        Assert.Contains("stores no Who", Refused<NobodysName>(), StringComparison.Ordinal);
        Assert.Contains("must be a Guid", Refused<NumberedName>(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_empty_cannot_be_erased() => Assert.Contains(
        "Make it nullable", Refused<Birthday>(), StringComparison.Ordinal);

    [Fact]
    public void A_mark_that_would_protect_nothing_is_refused()
    {
        Assert.Contains("mark the property of Visit that holds it", Refused<Visit>(), StringComparison.Ordinal);
        Assert.Contains("mark the property of Visits that holds it", Refused<Visits>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_are_checked_too()
    {
        var tables = new StoreOptions().Tables;
        Assert.Contains("cannot be empty", Assert.Throws<ArgumentException>(
            () => tables.Add<BirthdayRow>("a.b", 1, t => t.Key(r => r.Id))).Message, StringComparison.Ordinal);
        Assert.Contains("must be a Guid of the row", Assert.Throws<ArgumentException>(
            () => tables.Add<NobodysRow>("a.b", 1, t => t.Key(r => r.Id))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_without_a_subject_is_not_written()
    {
        var shape = Map<MaybeName>().Personal;
        Assert.Empty(shape.SubjectsOf(new MaybeName(null, null)));
        Assert.Equal([Guid.Empty], shape.SubjectsOf(new MaybeName(Guid.Empty, "Ana")));
        Assert.Contains("does not say whose", Assert.Throws<InvalidOperationException>(
            () => shape.SubjectsOf(new MaybeName(null, "Ana")).Count()).Message, StringComparison.Ordinal);
    }

    private static EventType Map<TEvent>()
        where TEvent : class => new StoreOptions().Events.MapEventType<TEvent>("some.event");

    private static string Refused<TEvent>(Action<StoreOptions>? more = null)
        where TEvent : class => Assert.Throws<ArgumentException>(() => DocumentStore.For(options =>
        {
            options.ConnectionString = "Host=nowhere";
            options.KeyRing = new FileKeyRing("/nowhere", TimeProvider.System);
            options.Events.MapEventType<TEvent>("some.event");
            more?.Invoke(options);
        })).Message;

    private sealed record NobodysName([property: PersonalData(Subject = "Who")] string Name);

    private sealed record NumberedName(
        int Who, [property: PersonalData(Subject = nameof(NumberedName.Who))] string Name);

    private sealed record Birthday(Guid Who, [property: PersonalData(Subject = nameof(Birthday.Who))] DateOnly Day);

    private sealed record MaybeName(Guid? Who, [property: PersonalData(Subject = nameof(MaybeName.Who))] string? Name);

    private sealed record Visitor(Guid Who, [property: PersonalData(Subject = nameof(Visitor.Who))] string Name);

    private sealed record Visit(Visitor By);

    private sealed record Visits(IReadOnlyList<Visit> All);

    private sealed record BirthdayRow(Guid Id, [property: PersonalData(Subject = nameof(BirthdayRow.Id))] DateOnly Day);

    private sealed record NobodysRow(Guid Id, [property: PersonalData(Subject = "Who")] string Name);
}
