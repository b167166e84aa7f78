using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Diagnostics;

/// <summary>Sees every error of a field before it is sent: to log it, or to tell the caller something better.</summary>
public interface IErrorFilter
{
    /// <summary>Returns the error to send; <see cref="GraphQLError.Exception"/> says what was thrown.</summary>
    GraphQLError Apply(GraphQLError fieldError);
}
