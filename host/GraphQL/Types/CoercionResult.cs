namespace K12Hub.GraphQL.Types;

/// <summary>What came of a coercion: a value, or the sentence that says why not.</summary>
/// <param name="Value">The value in the CLR; may be null.</param>
/// <param name="Error">Null when it worked.</param>
public readonly record struct CoercionResult(object? Value, string? Error)
{
    /// <summary>Whether there is a value.</summary>
    public bool IsOk => Error is null;

    /// <summary>It worked.</summary>
    public static CoercionResult Ok(object? value) => new(value, null);

    /// <summary>It did not; says why.</summary>
    public static CoercionResult Fail(string error) => new(null, error);
}
