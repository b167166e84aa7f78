namespace K12Hub.GraphQL.Conventions;

/// <summary>What a mutation answers: a value, or why not. In the schema it is a payload with the value, null when
/// refused, and <c>errors</c>.</summary>
/// <typeparam name="T">The value.</typeparam>
public sealed class MutationResult<T>
{
    internal MutationResult(T? value, IReadOnlyList<object> refusals)
    {
        Value = value;
        Refusals = refusals;
    }

    /// <summary>What was done; null or the type's default when it was refused.</summary>
    public T? Value { get; }

    /// <summary>Why it was refused; empty when it was done.</summary>
    public IReadOnlyList<MutationError> Errors => [.. Refusals.OfType<MutationError>()];

    /// <summary>All errors, those that were exceptions included.</summary>
    internal IReadOnlyList<object> Refusals { get; }

    /// <summary>Done.</summary>
    /// <param name="value">What was done.</param>
    public static implicit operator MutationResult<T>(T? value) => new(value, []);

    /// <summary>Refused.</summary>
    /// <param name="error">Why.</param>
    public static implicit operator MutationResult<T>(MutationError error) => new(default, [error]);

    /// <summary>Refused for several reasons.</summary>
    /// <param name="errors">Why; at least one.</param>
    public static implicit operator MutationResult<T>(MutationError[] errors) => new(default, errors);
}

/// <summary>Makes results where conversion does not.</summary>
public static class MutationResult
{
    /// <summary>Done; also for values that are interfaces, which do not convert by themselves.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="value">What was done.</param>
    /// <returns>The result.</returns>
    public static MutationResult<T> Done<T>(T? value) => new(value, []);

    /// <summary>Refused, with errors of the types the mutation names by <see cref="ErrorAttribute{T}"/>. Called by
    /// generated code.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="errors">Why; at least one.</param>
    /// <returns>The result.</returns>
    public static MutationResult<T> Refused<T>(IReadOnlyList<object> errors) => new(default, errors);

    /// <summary>The errors an exception stands for, those of an <see cref="AggregateException"/> one by one; null when
    /// it, or one of them, was not expected. Called by generated code.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="errorOf">The error of one exception; null when it was not expected.</param>
    /// <returns>The errors.</returns>
    public static IReadOnlyList<object>? ErrorsOf(Exception thrown, Func<Exception, object?> errorOf)
    {
        ArgumentNullException.ThrowIfNull(thrown);
        ArgumentNullException.ThrowIfNull(errorOf);
        Exception[] all = thrown is AggregateException many ? [.. many.Flatten().InnerExceptions] : [thrown];
        var errors = all.Select(errorOf).OfType<object>().ToList();
        return errors.Count == all.Length && errors.Count > 0 ? errors : null;
    }
}

/// <summary>An expected "no" of a mutation.</summary>
/// <param name="Code">A stable word for programs: <c>inquiry.already_closed</c>.</param>
/// <param name="Message">A sentence with a way out, for people.</param>
public record MutationError(string Code, string Message)
{
    /// <summary>The input field it is about, from the outside in; empty when it is about the whole input.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];
}

/// <summary>A "no" because others changed the same thing at the same moment, again and again.</summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Message">A sentence with a way out, for people.</param>
/// <param name="Changes">What they did, oldest first.</param>
public sealed record ConflictError(string Code, string Message, IReadOnlyList<ConflictingChange> Changes)
    : MutationError(Code, Message);

/// <summary>Something another writer did meanwhile.</summary>
/// <param name="Version">Number of the change, counted from the beginning of what was changed.</param>
/// <param name="Type">A stable word for what was done: <c>inquiry.assigned</c>.</param>
/// <param name="Actor">Id of who did it; null when unknown.</param>
/// <param name="At">When it was stored.</param>
public sealed record ConflictingChange(int Version, string Type, string? Actor, DateTimeOffset At);
