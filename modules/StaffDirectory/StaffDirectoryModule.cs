using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.Extensions.DependencyInjection;

[assembly: Module("StaffDirectoryTypes")]

namespace K12Hub.StaffDirectory;

/// <summary>Plugs the staff directory into a hub: what a district helps with, and where one asks.</summary>
public static class StaffDirectoryModule
{
    // What the district helps with is no secret to whoever belongs to some of it.
    private const ReachKind Everybody = ReachKind.Schools | ReachKind.Topics | ReachKind.Own;

    /// <summary>Everything the directory has.</summary>
    public static HubBuilder AddStaffDirectory(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.Services.AddSingleton(provider => new AreaBook(provider.GetRequiredService<DocumentStore>()))
            .AddSingleton<HelpSearch>();
        return hub
            .AddDirectoryPermissions()
            .Store(AddTo)
            .Access<AreaRow>(DirectoryPermissions.Find, row => row.OpenToDistrict())
            .NoAccess<HelpWordRow>()
            .NoAccess<HelpStemRow>()
            .NoAccess<HelpPieceRow>()
            .Schema(schema => schema.AddStaffDirectoryTypes());
    }

    /// <summary>Adds events, folds, projections and tables to a store.</summary>
    internal static void AddTo(StoreOptions store)
    {
        Area.AddTo(store);
        HelpWords.AddTo(store);
    }

    private static HubBuilder AddDirectoryPermissions(this HubBuilder hub) => hub
        .Permission(new(
            DirectoryPermissions.Find, "Find out what the district helps with, and where to ask.",
            FieldGroup.Directory, Everybody))
        .Permission(new(
            DirectoryPermissions.EditAreas, "Say what the district helps with, and in which words.",
            FieldGroup.Directory))
        .Role(Roles.SchoolAdministrator, ReachKind.Schools, DirectoryPermissions.Find)
        .Role(Roles.RiskTeam, ReachKind.Schools, DirectoryPermissions.Find)
        .Role(Roles.DirectoryEditor, ReachKind.Schools, DirectoryPermissions.Find)
        .Role(Roles.SurveyManager, ReachKind.Schools, DirectoryPermissions.Find)
        .Role(Roles.Integration, ReachKind.Schools, DirectoryPermissions.Find)
        .Role(Roles.Recorder, ReachKind.Schools | ReachKind.Topics, DirectoryPermissions.Find)
        .Role(Roles.TopicOwner, ReachKind.Topics, DirectoryPermissions.Find)
        .Role(Roles.TeamMember, ReachKind.Topics, DirectoryPermissions.Find)
        .Role(Roles.Auditor, ReachKind.District, DirectoryPermissions.Find)
        .Role(Roles.Family, ReachKind.Own, DirectoryPermissions.Find);
}
