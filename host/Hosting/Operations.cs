using K12Hub.EventStore;
using K12Hub.GraphQL;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

[assembly: Module("OperationsTypes")]

namespace K12Hub.Hosting;

/// <summary>What every hub has besides its modules: messages that are owed, jobs that are due, roles that
/// were given, and a look at all of them.</summary>
internal static class Operations
{
    public static void AddOperations(this HubBuilder hub) => hub
        .Permission(OperationsPermissions.ReadOutbox, "See which messages are owed and what became of them.")
        .Permission(OperationsPermissions.HandleOutbox, "Retry and discard messages that were given up.")
        .Permission(OperationsPermissions.ReadJobs, "See when jobs run and what came of them.")
        .Access<OutboxMessageRow>(OperationsPermissions.ReadOutbox)
        .Access<JobRow>(OperationsPermissions.ReadJobs)
        .NoAccess<LimitWindowRow>()
        .Role(Roles.Auditor, ReachKind.District, OperationsPermissions.ReadOutbox, OperationsPermissions.ReadJobs)
        .Permission(PolicyPermissions.Read, "See who has which role.")
        .Permission(PolicyPermissions.Grant, "Give roles, as far as one's own permissions go, and take them back.")
        .Permission(PolicyPermissions.Explain, "See who can see an object, and why.")
        .Access<GrantRow>(PolicyPermissions.Read)
        .Role(Roles.Auditor, ReachKind.District, PolicyPermissions.Read, PolicyPermissions.Explain)
        .Store(Grant.AddTo)
        .Store(store =>
        {
            store.Tables.AddView<OutboxMessageRow>("es.outbox", view => view.Key(message => message.Id));
            store.Tables.AddView<JobRow>("es.jobs", view => view.Key(job => job.Id));
            store.Tables.Add<LimitWindowRow>(
                "policy.limit_windows", 1, t => t.Key(x => x.Name, x => x.Who).Index(x => x.StartedAt));
        })
        .Schema(schema => schema.AddOperationsTypes());

    /// <summary>Registers who does the work; what they find is settled when they are first needed.</summary>
    public static void RegisterWork(this HubBuilder hub, OutboxKinds kinds, IReadOnlyList<DeclaredJob> jobs)
    {
        hub.Settings<OutboxSettings>("Outbox").Settings<JobsSettings>("Jobs").Settings<LimitsSettings>("Limits");
        var services = hub.Services;
        services.AddSingleton(provider => new SharedLimits(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<LimitsSettings>(),
            provider.GetRequiredService<TimeProvider>(), LoggerOf<SharedLimits>(provider)));
        services.AddSingleton(kinds);
        services.AddSingleton(provider => new OutboxDispatcher(
            provider.GetRequiredService<DocumentStore>(), SenderOf(provider),
            provider.GetRequiredService<OutboxSettings>().Options));
        services.AddSingleton(provider => new JobClock(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<JobsSettings>(), jobs,
            provider.GetRequiredService<TimeProvider>(), LoggerOf<JobClock>(provider)));
        services.AddSingleton(provider => new BackgroundJob(
            provider.GetRequiredService<DocumentStore>(), kinds, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new RecurringJob(
            provider.GetRequiredService<DocumentStore>(), kinds, provider.GetRequiredService<JobsSettings>(),
            provider.GetRequiredService<BackgroundJob>(), provider.GetRequiredService<JobClock>(),
            provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new BackgroundWork(
            provider.GetRequiredService<OutboxDispatcher>(), provider.GetRequiredService<JobClock>(),
            provider.GetService<EventNoting>(), provider.GetRequiredService<OutboxSettings>(),
            provider.GetRequiredService<TimeProvider>(), LoggerOf<BackgroundWork>(provider)));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BackgroundWork>(
            provider => provider.GetRequiredService<BackgroundWork>()));
    }

    private static OutboxSender SenderOf(IServiceProvider provider) => new(
        provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<OutboxKinds>(),
        provider.GetRequiredService<OutboxSettings>(),
        provider.GetRequiredService<DocumentStore>().Options.Events.Json, LoggerOf<OutboxSender>(provider));

    private static ILogger<T> LoggerOf<T>(IServiceProvider provider) =>
        provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;
}
