using System.Diagnostics.CodeAnalysis;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Planning;

/// <summary>From the text of a document to its prepared form: kept from before, or else parsed and
/// validated.</summary>
internal sealed class DocumentPreparation(Schema schema, RequestExecutorOptions options)
{
    private readonly DocumentCache documents = new(options.PlanCacheSize, options.PlanCacheBytes);

    /// <summary>Documents that are kept, and their bytes.</summary>
    public (int Count, long Bytes) Kept => (documents.Count, documents.Bytes);

    // With a policy it depends on who asks, and documents are kept for everybody.
    private readonly ValidationOptions validation = options.Validation with
    {
        AllowIntrospection = options.AllowIntrospection || options.IntrospectionPolicy is not null,
    };

    /// <returns>Null with the refusal.</returns>
    public PreparedDocument? Prepare(ReadOnlyMemory<byte> text, out ExecutionResult? refusal)
    {
        refusal = null;
        if (documents.TryGet(text.Span, out var known)) return known;
        if (!TryParse(text, options.Parser, out var document, out refusal)) return null;

        var faults = DocumentValidator.Validate(schema, document, validation);
        if (faults.Count > 0)
        {
            refusal = new ExecutionResult(RequestErrorKind.Validation, [.. faults.Select(ErrorOf)]);
            return null;
        }

        var prepared = new PreparedDocument(schema, document, options);
        documents.Add(text.Span, prepared);
        return prepared;
    }

    /// <summary>Prepares a trusted document, plans included. What is trusted may ask for introspection.</summary>
    /// <returns>Null with what is wrong, in a sentence.</returns>
    public PreparedDocument? PrepareTrusted(ReadOnlyMemory<byte> text, out string? fault)
    {
        var isChecked = !options.PersistedOperations.SkipPersistedDocumentValidation;
        var limits = isChecked ? options.Parser : ParserLimits.Trusted;
        fault = null;
        if (!TryParse(text, limits, out var document, out var refusal))
        {
            fault = refusal.Errors[0].Message;
            return null;
        }

        if (isChecked)
        {
            var faults = DocumentValidator.Validate(schema, document, validation with { AllowIntrospection = true });
            fault = faults.Count == 0 ? null : string.Join(' ', faults.Select(found => found.Message));
            if (fault is not null) return null;
        }

        try
        {
            var prepared = new PreparedDocument(schema, document, options, isTrusted: true);
            prepared.Compile();
            return prepared;
        }
        catch (GraphQLException thrown)
        {
            fault = thrown.Message;
            return null;
        }
    }

    private static bool TryParse(
        ReadOnlyMemory<byte> text,
        ParserLimits limits,
        [NotNullWhen(true)] out DocumentNode? document,
        [NotNullWhen(false)] out ExecutionResult? refusal)
    {
        refusal = null;

        // The tree points into the text for error locations; the caller's buffer may be used again.
        var source = new Source(text.ToArray());
        if (Parser.TryParse(source, limits, out document, out var fault)) return true;
        refusal = ExecutionResult.Failed(RequestErrorKind.Syntax, new GraphQLError(fault.Message)
        {
            Code = fault.Code,
            Locations = [new ErrorLocation(fault.Location.Line, fault.Location.Column)],
            Extensions = fault.Passed?.ToExtensions(),
        });
        return false;
    }

    private static GraphQLError ErrorOf(ValidationError fault) => new(fault.Message)
    {
        Code = fault.Code,
        Extensions = fault.Passed?.ToExtensions(),
        Locations = [.. fault.Locations.Select(location => new ErrorLocation(location.Line, location.Column))],
    };
}
