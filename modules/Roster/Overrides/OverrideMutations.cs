using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[MutationType]
internal static partial class OverrideMutations
{
    /// <summary>Says otherwise than the source, with a reason and for a time. The source's own value is kept and comes
    /// back by itself.</summary>
    [Authorize(Policy = RosterPermissions.Override)]
    public static async Task<MutationResult<OverrideRow>> OverrideFieldAsync(
        [ID, GraphQLDescription("The person, student, guardian or member of staff.")] string personId,
        [GraphQLDescription("Which field.")] OverridableField field,
        [GraphQLDescription("What is right; nothing when there is none. Of a school its id.")] string? value,
        [GraphQLDescription("Why; the owners of the source are told.")] string reason,
        [GraphQLDescription("When the source is believed again.")] DateTimeOffset until,
        FieldOverrides overrides, ViewerScope viewer, IOverrideByIdDataLoader byId, CancellationToken ct)
    {
        var person = PersonIds.Decode(personId);
        var said = field is OverridableField.School && value is not null
            ? NodeId.Decode<Guid>("School", value).ToString()
            : value;
        var refusal = await overrides.OverrideAsync(
            viewer.District, new(person, field, said, reason, until), viewer.Viewer.Id, ct);
        return refusal is null
            ? await byId.LoadAsync(OverrideRow.IdOf(person, OverriddenColumns.NameOf(field)), ct)
            : new MutationError(refusal.Code, refusal.Message);
    }

    /// <summary>Believes the source again, before the time is over.</summary>
    [Authorize(Policy = RosterPermissions.Override)]
    public static async Task<MutationResult<OverrideRow>> EndOverrideAsync(
        [ID<OverrideRow>, GraphQLDescription("The override.")] Guid id,
        FieldOverrides overrides, ViewerScope viewer, IOverrideByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await overrides.EndAsync(viewer.District, id, viewer.Viewer.Id, isExpired: false, ct);
        return refusal is null
            ? await byId.LoadAsync(id, ct)
            : new MutationError(refusal.Code, refusal.Message);
    }
}
