namespace K12Hub.GraphQL.Conventions;

/// <summary>What a mutation answers: a value, or why not. In the schema it is a payload with the value, null when
/// refused, and <c>errors</c>.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class MutationResult<T>
    where T : class
{
    private MutationResult(T? value, IReadOnlyList<MutationError> errors)
    {
        Value = value;
        Errors = errors;
    }

    /// <summary>What was done; null when it was refused.</summary>
    public T? Value { get; }

    /// <summary>Why it was refused; empty when it was done.</summary>
    public IReadOnlyList<MutationError> Errors { get; }

    /// <summary>Done.</summary>
    /// <param name="value">What was done.</param>
    public static implicit operator MutationResult<T>(T value) => new(value, []);

    /// <summary>Refused.</summary>
    /// <param name="error">Why.</param>
    public static implicit operator MutationResult<T>(MutationError error) => new(null, [error]);

    /// <summary>Refused for several reasons.</summary>
    /// <param name="errors">Why; at least one.</param>
    public static implicit operator MutationResult<T>(MutationError[] errors) => new(null, errors);
}

/// <summary>An expected "no" of a mutation.</summary>
/// <param name="Code">A stable word for programs: <c>inquiry.already_closed</c>.</param>
/// <param name="Message">A sentence with a way out, for people.</param>
public sealed record MutationError(string Code, string Message)
{
    /// <summary>The input field it is about, from the outside in; empty when it is about the whole input.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];
}
