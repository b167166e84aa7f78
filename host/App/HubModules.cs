using K12Hub.Accounts;
using K12Hub.GraphQL;
using K12Hub.Hosting;
using K12Hub.OneRoster;
using K12Hub.OneRosterProvider;
using K12Hub.Roster;
using K12Hub.StaffDirectory;

namespace K12Hub.App;

/// <summary>The modules and connectors of this program, one a line: comment one out and it is gone.</summary>
internal static class HubModules
{
    /// <summary>What a startup hook of .NET plugs in besides, in a process that was started with one; mostly
    /// nothing.</summary>
    public static Action<HubBuilder>? OfStartupHooks { get; set; }

    public static HubBuilder AddModules(this HubBuilder hub)
    {
        hub.Services.AddSingleton<RosterPackages>();
        hub.Services.AddSingleton<RosterSources>();
        hub.Services.AddSingleton<RosterFolders>();
        OfStartupHooks?.Invoke(hub);
        return hub
            .AddAccounts()
            .AddOneRoster()
            .AddOneRosterProvider()
            .AddRoster()
            .AddStaffDirectory()
            .AddSourceImports()
            .AddAuditJobs()
            .Permission(ProjectionPermissions.Read, "Read how far read tables lag behind, and why one has stopped.")
            .Role(Roles.Auditor, ReachKind.District, ProjectionPermissions.Read)
            .Schema(schema => schema.AddAppTypes());
    }
}
