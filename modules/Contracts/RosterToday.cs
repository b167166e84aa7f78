namespace K12Hub.Contracts;

/// <summary>Somebody who works in the district.</summary>
/// <param name="Id">The person's id in K12Hub.</param>
/// <param name="Name">Given and last name as in daily use.</param>
/// <param name="SchoolId">The main school; null for people of the district's offices.</param>
public sealed record StaffToday(Guid Id, string Name, Guid? SchoolId);

/// <summary>A school, department or the district itself.</summary>
/// <param name="Id">The organization's id in K12Hub.</param>
/// <param name="Name">Display name.</param>
/// <param name="Type">school, district, department or what else the source calls it.</param>
public sealed record PlaceToday(Guid Id, string Name, string Type);

/// <summary>Says who works in a district and which places it has, as the roster knows it now: what a source withdrew
/// is not there when the days of grace are over, nor is who was erased. Students who work are students.</summary>
public interface IRosterToday
{
    /// <summary>Those of some people who work in the district.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="ids">Ids of people.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyDictionary<Guid, StaffToday>> StaffAsync(
        short district, IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>Those of some organizations that the district has.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="ids">Ids of organizations.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyDictionary<Guid, PlaceToday>> PlacesAsync(
        short district, IReadOnlyCollection<Guid> ids, CancellationToken ct);

    /// <summary>The places that the district has which are no school: departments, and the district itself.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyDictionary<Guid, PlaceToday>> OfficesAsync(short district, CancellationToken ct);

    /// <summary>Ids of those of some people who work in the district, by what sources call them. Whom two sources call
    /// the same is left out: nothing tells which one is meant.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="sourcedIds">The sources' own keys.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyDictionary<string, Guid>> StaffCalledAsync(
        short district, IReadOnlyCollection<string> sourcedIds, CancellationToken ct);

    /// <summary>Ids of those of some organizations that the district has, by what sources call them; as with
    /// people.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="sourcedIds">The sources' own keys.</param>
    /// <param name="ct">Cancels.</param>
    Task<IReadOnlyDictionary<string, Guid>> PlacesCalledAsync(
        short district, IReadOnlyCollection<string> sourcedIds, CancellationToken ct);
}
