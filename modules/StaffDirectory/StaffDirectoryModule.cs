using K12Hub.Contracts;
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
            .AddSingleton(provider => new PositionBook(provider.GetRequiredService<DocumentStore>()))
            .AddSingleton(provider => new AssignmentDesk(
                provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<IRosterToday>()))
            .AddSingleton<AbsenceDesk>()
            .AddSingleton(provider => new ChainBook(
                provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<IRosterToday>()))
            .AddSingleton<ContactFinder>()
            .AddSingleton<HelpSearch>();
        return hub
            .AddDirectoryPermissions()
            .AddDirectoryRoles()
            .Store(AddTo)
            .Access<AreaRow>(DirectoryPermissions.Find, row => row.OpenToDistrict())
            .Access<PositionRow>(DirectoryPermissions.Find, row => row.OpenToDistrict())
            .Access<ContactChainRow>(DirectoryPermissions.ReadChains, row => row.OpenToDistrict())
            .Access<AssignmentRow>(DirectoryPermissions.ReadAssignments, row => row.AtSchool(x => x.OrganizationId))
            .Access<AbsenceRow>(DirectoryPermissions.ReadAbsences, row => row
                .AtSchoolOf<AssignmentRow>(x => x.PersonId, x => x.PersonId))
            .NoAccess<HelpWordRow>()
            .NoAccess<HelpStemRow>()
            .NoAccess<HelpPieceRow>()
            .Schema(schema => schema.AddStaffDirectoryTypes());
    }

    /// <summary>Adds events, folds, projections and tables to a store.</summary>
    internal static void AddTo(StoreOptions store)
    {
        Area.AddTo(store);
        Position.AddTo(store);
        Assignment.AddTo(store);
        Absence.AddTo(store);
        ContactChain.AddTo(store);
        HelpWords.AddTo(store);
    }

    private static HubBuilder AddDirectoryPermissions(this HubBuilder hub) => hub
        .Permission(new(
            DirectoryPermissions.Find, "Find out what the district helps with, and where to ask.",
            FieldGroup.Directory, Everybody))
        .Permission(new(
            DirectoryPermissions.EditAreas, "Say what the district helps with, and in which words.",
            FieldGroup.Directory))
        .Permission(new(
            DirectoryPermissions.EditPositions, "Say which positions there are.", FieldGroup.Directory))
        .Permission(new(
            DirectoryPermissions.ReadAssignments, "See who has which position where, and who had it.",
            FieldGroup.Directory, ReachKind.Schools))
        .Permission(new(
            DirectoryPermissions.Assign, "Say who has which position where.",
            FieldGroup.Directory, ReachKind.Schools))
        .Permission(new(
            DirectoryPermissions.ReadAbsences, "See who is away when, and who stands in.",
            FieldGroup.Directory, ReachKind.Schools))
        .Permission(new(
            DirectoryPermissions.EditAbsences, "Say who is away when, and who stands in.",
            FieldGroup.Directory, ReachKind.Schools))
        .Permission(new(
            DirectoryPermissions.ReadChains, "See whom families and staff ask about what, and whom next.",
            FieldGroup.Directory, ReachKind.Schools | ReachKind.Topics))
        .Permission(new(
            DirectoryPermissions.EditChains, "Say whom people ask, and whom next.", FieldGroup.Directory));

    private static HubBuilder AddDirectoryRoles(this HubBuilder hub) => hub
        .Role(Roles.SchoolAdministrator, ReachKind.Schools,
            DirectoryPermissions.Find, DirectoryPermissions.ReadChains, DirectoryPermissions.ReadAssignments,
            DirectoryPermissions.ReadAbsences, DirectoryPermissions.EditAbsences)
        .Role(Roles.RiskTeam, ReachKind.Schools, DirectoryPermissions.Find, DirectoryPermissions.ReadChains)
        .Role(Roles.DirectoryEditor, ReachKind.Schools,
            DirectoryPermissions.Find, DirectoryPermissions.ReadChains, DirectoryPermissions.ReadAssignments,
            DirectoryPermissions.Assign, DirectoryPermissions.ReadAbsences, DirectoryPermissions.EditAbsences)
        .Role(Roles.SurveyManager, ReachKind.Schools, DirectoryPermissions.Find, DirectoryPermissions.ReadChains)
        .Role(Roles.Integration, ReachKind.Schools,
            DirectoryPermissions.Find, DirectoryPermissions.ReadChains, DirectoryPermissions.ReadAssignments)
        .Role(Roles.Recorder, ReachKind.Schools | ReachKind.Topics,
            DirectoryPermissions.Find, DirectoryPermissions.ReadChains)
        .Role(Roles.TopicOwner, ReachKind.Topics, DirectoryPermissions.Find, DirectoryPermissions.ReadChains)
        .Role(Roles.TeamMember, ReachKind.Topics, DirectoryPermissions.Find, DirectoryPermissions.ReadChains)
        .Role(Roles.Auditor, ReachKind.District, DirectoryPermissions.Find, DirectoryPermissions.ReadChains)
        .Role(Roles.Family, ReachKind.Own, DirectoryPermissions.Find);
}
