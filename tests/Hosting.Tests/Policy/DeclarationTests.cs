using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Execution;
using K12Hub.Hosting.Tests.Clubs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests.Policy;

/// <summary>What has to be said before a program starts.</summary>
public sealed class DeclarationTests
{
    [Fact]
    public async Task A_row_nobody_said_anything_of_stops_the_start()
    {
        var hub = Hub().Store(store => store.Tables.Add<Bus>("yard.buses", 1, table => table.Key(bus => bus.Id)));
        await using var services = Registered(hub);

        var stopped = Assert.Throws<InvalidOperationException>(
            () => services.GetRequiredService<IDbContextFactory<RowsContext>>());

        Assert.Contains("Nobody said who sees Bus.", stopped.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_read_by_what_nobody_declared_stops_the_start() => Assert.Equal(
        "Bus is read by yard.read, which no module declared.", Complaint(Hub().Access<Bus>("yard.read")));

    [Fact]
    public void Columns_that_are_guarded_are_there_in_both_and_are_guarded_once()
    {
        var misspelt = Assert.Throws<ArgumentException>(() => Hub().Guard<Driver, DriverPhone>("Fone"));
        Assert.Equal("Fone is not the same property of Driver and DriverPhone.", misspelt.Message);

        var twice = Assert.Throws<ArgumentException>(
            () => Hub().Guard<Driver, DriverPhone>("Phone").Guard<Driver, DriverPhone>("Phone"));
        Assert.Equal("It is said twice which columns of Driver are guarded.", twice.Message);
    }

    [Fact]
    public void A_row_that_is_for_counting_is_shown_by_no_type() => Assert.Equal(
        "ClubRow is for counting only, and a type shows it.",
        Complaint(Empty().AddNotes()
            .Permission(new(ClubsModule.Read, "See clubs.")).Permission(new(ClubsModule.Write, "Write clubs."))
            .Access<ClubRow>(ClubsModule.Read, row => row.Figures())
            .Schema(schema => schema.AddClubTypes())));

    [Fact]
    public void A_row_that_goes_with_another_needs_one_that_says_whose_it_is() => Assert.Equal(
        "Bus belongs to whom ClubRow belongs to, which says nothing of Schools.",
        Complaint(Hub().Access<Bus>(
            ClubsModule.Read, row => row.AtSchoolOf<ClubRow>(bus => bus.Id, club => club.Id))));

    [Fact]
    public void A_role_is_given_what_somebody_declared() => Assert.Equal(
        "Auditor is given yard.read, which no module declared.",
        Complaint(Hub().Role(Roles.Auditor, ReachKind.District, "yard.read")));

    [Fact]
    public void A_role_without_interest_in_students_is_not_given_their_records() => Assert.Equal(
        "Board member is given health.read, and has no educational interest in records of students.",
        Complaint(Hub().Permission(new("health.read", "Read health plans.", FieldGroup.Students))
            .Role(Roles.BoardMember, ReachKind.District, "health.read")));

    [Fact]
    public void A_role_for_schools_is_not_given_what_is_for_the_whole_district() => Assert.Equal(
        "School administrator is given clubs.read, which cannot be limited to Schools as the role can.",
        Complaint(Hub().Role(Roles.SchoolAdministrator, ReachKind.District, ClubsModule.Read)));

    [Fact]
    public void A_permission_that_is_no_figure_is_not_had_in_the_aggregate() => Assert.Equal(
        "Board member is given clubs.read for Aggregate, which it cannot be limited to.",
        Complaint(Hub().Role(Roles.BoardMember, ReachKind.Aggregate, ClubsModule.Read)));

    [Fact]
    public void A_handler_is_given_what_somebody_declared() => Assert.Equal(
        "No module declared: mail.send is given yard.read.",
        Complaint(Hub().Outbox<Letter, Letterbox>("mail.send", null, "yard.read")));

    private static HubBuilder Empty() => new(new ServiceCollection(), new ConfigurationBuilder().Build());

    private static HubBuilder Hub() => Empty().AddClubs().AddNotes();

    private static ServiceProvider Registered(HubBuilder hub)
    {
        // Nothing is asked of the database: the model is made of the tables alone.
        hub.Register(_ => new("Host=nowhere;Username=nobody;Database=none"));
        return hub.Services.BuildServiceProvider();
    }

    private static string Complaint(HubBuilder hub)
    {
        var graphQL = new RequestExecutorBuilder();
        hub.AddTo(graphQL);
        using var services = Registered(hub);
        var schema = graphQL.Build().Schema;
        return Assert.Throws<InvalidOperationException>(() => DeclaredPolicies.Check(schema, services)).Message;
    }

    private sealed record Bus
    {
        public Guid Id { get; init; }
    }

    private sealed record Letter(string To);

    private sealed class Letterbox : IOutboxHandler<Letter>
    {
        public Task<OutboxResult> SendAsync(Letter message, OutboxDelivery delivery, CancellationToken ct) =>
            Task.FromResult(OutboxResult.Done);
    }

    private sealed record Driver
    {
        public Guid Id { get; init; }

        public string? Phone { get; init; }
    }

    private sealed record DriverPhone
    {
        public Guid Id { get; init; }

        public string? Phone { get; init; }
    }
}
