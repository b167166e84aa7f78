namespace K12Hub.GraphQL.Types;

/// <summary>Compares types with their lists and non-nulls.</summary>
internal static class TypeComparison
{
    /// <summary>Whether both are the same type.</summary>
    public static bool AreEqual(IType left, IType right) => (left, right) switch
    {
        (NonNullType a, NonNullType b) => AreEqual(a.OfType, b.OfType),
        (ListType a, ListType b) => AreEqual(a.OfType, b.OfType),
        _ => ReferenceEquals(left, right),
    };

    /// <summary>
    /// AreTypesCompatible (5.8.5): whether a variable of the one type may stand where the other is expected.
    /// </summary>
    public static bool AreCompatible(IType variable, IType location) => (variable, location) switch
    {
        (NonNullType a, NonNullType b) => AreCompatible(a.OfType, b.OfType),
        (NonNullType a, _) => AreCompatible(a.OfType, location),
        (ListType a, ListType b) => AreCompatible(a.OfType, b.OfType),
        _ => ReferenceEquals(variable, location),
    };
}
