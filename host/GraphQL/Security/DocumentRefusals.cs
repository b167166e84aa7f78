using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Security;

/// <summary>What callers are told about ids. The codes are those Apollo's clients know.</summary>
internal static class DocumentRefusals
{
    public static ExecutionResult NotSupported => Refuse(
        RequestErrorKind.UnknownDocument,
        "PERSISTED_QUERY_NOT_SUPPORTED",
        "This server keeps no documents; send the document itself.");

    public static ExecutionResult Unknown => Refuse(
        RequestErrorKind.UnknownDocument,
        "PERSISTED_QUERY_NOT_FOUND",
        "This server knows no document of that id. Collect the documents again and start the server with them.");

    // The very word by which clients know that they may send the document once.
    public static ExecutionResult UnknownYet => Refuse(
        RequestErrorKind.UnknownDocument, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");

    public static ExecutionResult Mismatch => Refuse(
        RequestErrorKind.DocumentNotAllowed,
        "PERSISTED_QUERY_MISMATCH",
        "The id is not the SHA-256 of the document that came with it.");

    public static ExecutionResult Required => Refuse(
        RequestErrorKind.DocumentNotAllowed,
        "PERSISTED_QUERY_REQUIRED",
        "This server answers trusted documents only; send the \"id\" of one.");

    private static ExecutionResult Refuse(RequestErrorKind kind, string code, string message) =>
        ExecutionResult.Failed(kind, new GraphQLError(message) { Code = code });
}
