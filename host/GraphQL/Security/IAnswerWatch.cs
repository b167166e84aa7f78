using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>Says which objects somebody wants to know of when they are part of an answer. One per schema; see
/// <see cref="RequestExecutorOptions.AnswerWatch"/>.</summary>
public interface IAnswerWatch
{
    /// <summary>What <see cref="IAnswerLog.Wrote"/> is told with each object of a type; null for objects nobody wants
    /// to know of. Asked once per compiled selection.</summary>
    /// <param name="type">The objects' type.</param>
    /// <param name="selections">What is selected of them.</param>
    object? MarkOf(ObjectType type, IReadOnlyList<Selection> selections);
}

/// <summary>Learns of the objects of an answer, and has the last word before it leaves. A service of the request's
/// scope.</summary>
public interface IAnswerLog
{
    /// <summary>An object was written into the answer, with all its fields or some. Called on one thread at a
    /// time.</summary>
    /// <param name="mark">What <see cref="IAnswerWatch.MarkOf"/> said of its type and fields.</param>
    /// <param name="value">The object.</param>
    void Wrote(object mark, object value);

    /// <summary>Called when the answer is complete and nothing of it has left.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="cancellationToken">Ends with the request.</param>
    /// <returns>Null lets it go; an error is answered instead.</returns>
    ValueTask<GraphQLError?> SealAsync(ExecutionResult result, CancellationToken cancellationToken);
}
