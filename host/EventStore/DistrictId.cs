namespace K12Hub.EventStore;

/// <summary>A district: the tenant every stream, row and index entry belongs to; 1 to 32,767.</summary>
/// <param name="Value">The number that is stored as <c>tenant_id</c>; 0 means nobody chose one and is refused.</param>
public readonly record struct DistrictId(short Value)
{
    /// <summary>The number, or an error when no district was chosen.</summary>
    internal short Required => Value > 0
        ? Value
        : throw new ArgumentException($"District {Value} does not exist. Districts are numbered from 1 to 32,767.");
}
