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
        hub.Services.AddSingleton<SourcedIdOrder>().AddSingleton<IRosterTokens, RosterTokens>();
        hub.Services.TryAddSingleton(new RosterUploadFolder(Path.Combine(Path.GetTempPath(), "k12hub-uploads")));
        hub.Services.AddSingleton<RosterUploads>().AddSingleton<SourceStates>();
        hub.Services.AddScoped<IRosterReader, RosterReader>();
        hub.Services.AddSingleton<RosterQuality>();
        return hub
            .Settings<RosterSettings>("Roster")
            .Permission(RosterPermissions.Read, "Read organizations, people, classes and enrollments.")
            .Permission(RosterPermissions.ReadDemographics, "Read birth, sex, race and ethnicity of students.")
            .Permission(RosterPermissions.ReadQuality, "Read how good the data is, and which records are wrong.")
            .Permission(RosterPermissions.ReadRuns, "Read what each import did and what it found wrong.")
            .Permission(RosterPermissions.Supplement, "Take supplementary files in, and say what their columns mean.")
            .Permission(RosterPermissions.ReadCustody, "Read what is settled of custody: pick-up, records, orders.")
            .Permission(RosterPermissions.Import, "Send roster packages, and start imports of the settings' sources.")
            .Permission(RosterPermissions.Match, "See records of sources that may be one person, and decide.")
            .Permission(RosterPermissions.Override, "Say otherwise than the source about a person, and end it.")
            .Permission(RosterPermissions.DecideRuns, "Apply and reject runs that are held, and roll back.")
            .Store(store =>
            {
                RosterEvents.AddTo(store.Events);
                RosterTables.AddTo(store.Tables);
                store.Projections.Add<RosterHistory>(ProjectionLifecycle.Async);
                Alert.AddTo(store);
            })
            .Recurring<AlertWatch>("0 0/5 * * * ?")
            .Outbox<RosterAlert, AlertLog>(AlertWatch.Message)
            .List<SchoolRow, OrganizationRow>("type = 'school'")
            .List<StudentRow, PersonRow>("is_student")
            .List<StaffMemberRow, PersonRow>("is_staff")
            .List<GuardianRow, PersonRow>("is_guardian")
            .Recurring<OverrideExpiry>("0 */5 * * * ?")
            .Recurring<NightlyMatching>("0 0 4 * * ?", TimeSpan.FromMinutes(30))
            .Schema(schema => schema.AddRosterTypes());
    }
}
