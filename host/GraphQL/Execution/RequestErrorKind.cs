namespace K12Hub.GraphQL.Execution;

/// <summary>Why a request as a whole failed, so that a transport can choose its status.</summary>
public enum RequestErrorKind
{
    /// <summary>The document is not GraphQL.</summary>
    Syntax,

    /// <summary>The document breaks a validation rule or a limit.</summary>
    Validation,

    /// <summary>No document has the id that was sent.</summary>
    UnknownDocument,

    /// <summary>The document is none of those that are answered, or not the one its id says.</summary>
    DocumentNotAllowed,

    /// <summary>The named operation does not exist, or none was named and there are several.</summary>
    Operation,

    /// <summary>A variable has a value its type does not allow.</summary>
    Variables,

    /// <summary>The operation is not allowed on this way in, such as a mutation over HTTP GET.</summary>
    NotAllowed,

    /// <summary>A subscription was asked where only one result can be given.</summary>
    StreamRequired,

    /// <summary>The source of a subscription was refused, could not be opened, or broke off.</summary>
    Subscription,

    /// <summary>The time for one request is up, or the caller went away.</summary>
    Canceled,

    /// <summary>The response would be too large.</summary>
    TooLarge,

    /// <summary>A bug of ours.</summary>
    Internal,

    /// <summary>The answer was complete, but may not leave: see <see cref="Security.IAnswerLog"/>.</summary>
    Withheld,
}
