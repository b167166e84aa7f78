using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

[assembly: Module("RosterTypes")]

namespace K12Hub.Roster;

/// <summary>Plugs the roster into a hub: what a district learns about its schools, people and classes from its student
/// information system.</summary>
public static class RosterModule
{
    /// <summary>Everything the roster has.</summary>
    public static HubBuilder AddRoster(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.Services.TryAddSingleton(new RosterSourceNames([]));
        hub.Services.AddSingleton<RosterImport>().AddSingleton<RosterRuns>().AddSingleton<RosterSupplements>()
            .AddSingleton<FieldOverrides>().AddSingleton<PeopleMatching>().AddSingleton<MatchDecisions>();
        hub.Services.AddSingleton<SourcedIdOrder>().AddSingleton<IRosterTokens, RosterTokens>()
            .AddSingleton<RosterQuality>();
        hub.Services.TryAddSingleton(new RosterUploadFolder(Path.Combine(Path.GetTempPath(), "k12hub-uploads")));
        hub.Services.AddSingleton<RosterUploads>().AddSingleton<SourceStates>();
        hub.Services.AddScoped<IRosterReader, RosterReader>().AddSingleton(RosterGrants.All);
        hub.Services.AddSingleton<IRosterToday, RosterToday>();
        hub.Services.AddSingleton<DirectoryDesk>().AddSingleton<DirectoryKeys>();
        AddPrivacy(hub.Services);
        return hub
            .Settings<RosterSettings>("Roster")
            .AddRosterPermissions()
            .AddRosterRoles()
            .AddRosterAccess()
            .Known("person", "select id from roster.people_v1 where tenant_id = $1 and id = any($2)")
            .Known("school",
                "select id, name from roster.organizations_v1 "
                + "where tenant_id = $1 and id = any($2) and type = 'school'")
            .Store(AddTo)
            .Recurring<AlertWatch>("0 0/5 * * * ?")
            .Outbox<RosterAlert, AlertLog>(AlertWatch.Message)
            .Outbox<ErasePerson, PersonErasing>(ErasePerson.Message, TimeSpan.FromMinutes(30))
            .List<SchoolRow, OrganizationRow>("type = 'school'")
            .List<StudentRow, PersonRow>("is_student")
            .List<StaffMemberRow, PersonRow>("is_staff")
            .List<GuardianRow, PersonRow>("is_guardian")
            .List<MovementFigureRow, MovementRow>("is_current and not is_baseline")
            .Recurring<OverrideExpiry>("0 */5 * * * ?")
            .Recurring<NightlyMatching>("0 0 4 * * ?", TimeSpan.FromMinutes(30))
            .Recurring<RetentionRun>("0 0 1 * * ?", TimeSpan.FromHours(2))
            .AddRosterReads()
            .AddNoted()
            .Schema(schema => schema.AddRosterTypes());
    }

    private static void AddPrivacy(IServiceCollection services) => services
        .AddSingleton<LegalHolds>().AddSingleton<ErasureDesk>().AddSingleton<AmendmentDesk>()
        .AddSingleton<DisclosureDesk>()
        .AddSingleton<RetentionDesk>().AddSingleton<DueRecords>()
        .AddSingleton(provider => new PersonExport(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<TimeProvider>()))
        .AddScoped(provider => new PersonErasure(
            provider.GetRequiredService<DocumentStore>(), provider.GetServices<IBeforeErasure>(),
            provider.GetRequiredService<TimeProvider>()));

    /// <summary>Adds events, folds, projections and tables to a store.</summary>
    internal static void AddTo(StoreOptions store)
    {
        RosterEvents.AddTo(store.Events);
        RosterTables.AddTo(store.Tables);
        store.Projections.Add<RosterHistory>(ProjectionLifecycle.Async);
        Alert.AddTo(store);
        AccountLink.AddTo(store);
        LegalHold.AddTo(store);
        ErasureRequest.AddTo(store);
        DirectoryInformation.AddTo(store);
        DirectoryChoice.AddTo(store);
        Amendment.AddTo(store);
        RetentionSchedule.AddTo(store);
    }
}
