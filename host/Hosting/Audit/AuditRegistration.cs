using K12Hub.EventStore;
using K12Hub.GraphQL.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Hosting;

/// <summary>What every hub has of the audit trail: records of what is answered, and a look at them.</summary>
public static class AuditRegistration
{
    /// <summary>Has somebody copy events into the trail that matter, look at it every few minutes, and note its end
    /// every night; once per program.</summary>
    public static HubBuilder AddAuditJobs(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.Services.AddSingleton(provider => new EventNoting(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<NotedEvents>(),
            provider.GetRequiredService<JobsSettings>(), provider.GetRequiredService<TimeProvider>(),
            LogOf<EventNoting>(provider)));
        return hub
            .Recurring<AuditAnchoring>("0 15 3 * * ?", TimeSpan.FromMinutes(5))
            .Recurring<AccessAlarm>("0 3/5 * * * ?", TimeSpan.FromMinutes(2));
    }

    internal static void AddAudit(this HubBuilder hub)
    {
        hub.Reads.Add<AccessRecordRow>("audit", (_, _) => { }); // Its fields note whom they tell of.
        hub
            .Permission(AuditPermissions.Read, "Read who saw what of which student, and what was refused to whom.")
            .Store(store => store.Tables.AddView<AccessRecordRow>("es.access_records", view => view.Key(x => x.Number)))
            .Store(store => store.Tables.Add<NotedPositionRow>("policy.noted_positions", 1, t => t.Key(x => x.Reader)))
            .Access<AccessRecordRow>(AuditPermissions.Read)
            .NoAccess<NotedPositionRow>()
            .Noted<GrantEvent.Given>(e => new
            {
                account = e.AccountId, role = e.Role, schools = e.Schools, topics = e.Topics, until = e.Until,
            })
            .Noted<GrantEvent.Ended>()
            .Noted<BreakGlassEvent.Requested>(e => new { type = e.ObjectType, hours = e.Hours })
            .Noted<BreakGlassEvent.Approved>(e => new { until = e.Until })
            .Noted<BreakGlassEvent.Seen>()
            .Role(Roles.DistrictAdministrator, ReachKind.District, AuditPermissions.Read)
            .Role(Roles.Auditor, ReachKind.District, AuditPermissions.Read);
    }

    /// <summary>Registers who writes records down; the store and the viewer are registered besides.</summary>
    internal static void RegisterAudit(this HubBuilder hub)
    {
        hub.Settings<AuditSettings>("Audit");
        hub.Services.AddSingleton(hub.Reads).AddSingleton(hub.NotedEvents);
        hub.Services.AddSingleton(provider => new SecurityTrail(
            provider.GetRequiredService<DocumentStore>().Audit, provider.GetRequiredService<TimeProvider>(),
            LogOf<SecurityTrail>(provider)));
        hub.Services.AddSingleton(provider => new ToldDisclosures(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<TimeProvider>()));
        hub.Services.AddScoped(provider => new AccessNotes(
            provider.GetRequiredService<AccessRules>(), provider.GetRequiredService<AuditSettings>(),
            provider.GetRequiredService<DocumentStore>().Audit, provider.GetRequiredService<SecurityTrail>(),
            provider.GetRequiredService<ViewerScope>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            LogOf<AccessNotes>(provider)));
        hub.Services.AddScoped<IAnswerLog>(provider => provider.GetRequiredService<AccessNotes>());
    }

    private static ILogger<T> LogOf<T>(IServiceProvider provider) =>
        provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
}
