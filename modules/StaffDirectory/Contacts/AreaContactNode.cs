using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

[ObjectType<AreaContact>, Authorize(Policy = DirectoryPermissions.Find)]
internal static partial class AreaContactNode
{
    /// <summary>The position, whoever it is.</summary>
    [BindMember(nameof(AreaContact.PositionId))]
    public static Task<PositionRow?> GetPositionAsync(
        [Parent(nameof(AreaContact.PositionId))] AreaContact contact, QueryContext<PositionRow> query,
        IPositionByIdDataLoader positions, CancellationToken ct) =>
        positions.With(query).LoadAsync(contact.PositionId, ct);
}

internal static class AreaContactLoaders
{
    [DataLoader]
    public static Task<Dictionary<ContactKey, IReadOnlyList<AreaContact>>> GetContactsOfAreaAsync(
        IReadOnlyList<ContactKey> keys, ContactFinder finder, ViewerScope viewer, CancellationToken ct) =>
        finder.FindAsync(viewer.District, keys, ct);
}
