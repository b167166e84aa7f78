using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Hosting;

[QueryType]
internal static partial class WhoCanSeeQueries
{
    /// <summary>Accounts and tokens that can see an object now, and why; in the order of their ids, from the first on.
    /// Empty for an object there is not. Whoever administers the server and its database is not among them.</summary>
    [UseConnection, Authorize(Policy = PolicyPermissions.Explain), Cost(50)]
    public static Task<Page<ObjectReader>> GetWhoCanSeeAsync(
        [ID, GraphQLDescription("The global id of the object.")] string id,
        PagingArguments paging, WhoCanSee who, ViewerScope viewer, CancellationToken ct) =>
        who.PageAsync(viewer.District, id, paging, ct);
}

[ObjectType<ObjectReader>, Authorize(Policy = PolicyPermissions.Explain)]
internal static partial class ObjectReaderNode
{
    /// <summary>Why, in sentences.</summary>
    [BindMember(nameof(ObjectReader.Reasons)), ListSize(AssumedSize = 5)]
    public static IReadOnlyList<string> GetReasons([Parent(nameof(ObjectReader.Reasons))] ObjectReader reader) =>
        reader.Reasons;
}
