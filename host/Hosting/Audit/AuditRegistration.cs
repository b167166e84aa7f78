using K12Hub.EventStore;
using K12Hub.GraphQL.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Hosting;

/// <summary>What every hub has of the audit trail: records of what is answered, and a look at them.</summary>
public static class AuditRegistration
{
    /// <summary>Has somebody look at the trail every few minutes, and note its end every night; once per
    /// program.</summary>
    public static HubBuilder AddAuditJobs(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
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
            .Access<AccessRecordRow>(AuditPermissions.Read)
            .Role(Roles.DistrictAdministrator, ReachKind.District, AuditPermissions.Read)
            .Role(Roles.Auditor, ReachKind.District, AuditPermissions.Read);
    }

    /// <summary>Registers who writes records down; the store and the viewer are registered besides.</summary>
    internal static void RegisterAudit(this HubBuilder hub)
    {
        hub.Settings<AuditSettings>("Audit");
        hub.Services.AddSingleton(hub.Reads);
        hub.Services.AddScoped(provider => new AccessNotes(
            provider.GetRequiredService<AccessRules>(), provider.GetRequiredService<AuditSettings>(),
            provider.GetRequiredService<DocumentStore>().Audit, provider.GetRequiredService<ViewerScope>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILogger<AccessNotes>>() ?? NullLogger<AccessNotes>.Instance));
        hub.Services.AddScoped<IAnswerLog>(provider => provider.GetRequiredService<AccessNotes>());
    }
}
