namespace K12Hub.Accounts;

/// <summary>A key of Data Protection, which all nodes share: as XML whose secret part is sealed under the key
/// ring.</summary>
internal sealed record ProtectionKeyRow
{
    /// <summary>Name of the element, chosen by Data Protection.</summary>
    public string Name { get; init; } = "";

    /// <summary>The element.</summary>
    public string Xml { get; init; } = "";
}
