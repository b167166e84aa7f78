using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>A valid document with its operations, ready to be asked for plans.</summary>
internal sealed class PreparedDocument
{
    private readonly PreparedOperation[] operations;

    public PreparedDocument(
        Schema schema, DocumentNode document, RequestExecutorOptions options, bool isTrusted = false) =>
        operations =
        [
            .. document.Definitions.OfType<OperationDefinitionNode>()
                .Select(operation => new PreparedOperation(schema, document, operation, options, isTrusted)),
        ];

    /// <summary>Compiles every operation now, for its conditions all true; other combinations when they are
    /// needed.</summary>
    public void Compile()
    {
        foreach (var operation in operations) operation.Compile();
    }

    /// <summary>GetOperation of section 6.1.</summary>
    /// <exception cref="GraphQLException">There is no such operation, or none was named and there are
    /// several.</exception>
    public PreparedOperation Find(string? name)
    {
        if (name is null)
        {
            return operations.Length switch
            {
                1 => operations[0],
                0 => throw new GraphQLException("The document has no operation.", "OPERATION_NOT_FOUND"),
                _ => throw new GraphQLException(
                    "The document has several operations; say which with operationName.", "OPERATION_AMBIGUOUS"),
            };
        }

        foreach (var operation in operations)
        {
            if (operation.Name == name) return operation;
        }

        throw new GraphQLException($"The document has no operation named \"{name}\".", "OPERATION_NOT_FOUND");
    }
}
