using System.ComponentModel.DataAnnotations;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Http;
using K12Hub.GraphQL.Security;
using K12Hub.Hosting;

namespace K12Hub.App;

/// <summary>How the API is served.</summary>
internal sealed class GraphQLSettings : IValidatableObject
{
    /// <summary>Permission to send documents of one's own where only trusted ones are answered.</summary>
    public const string Developing = "graphql.develop";

    /// <summary>Permission to ask the API for its schema.</summary>
    public const string Introspecting = "graphql.introspect";

    /// <summary>Folder or manifest of trusted documents; null for none.</summary>
    public string? TrustedDocuments { get; init; }

    /// <summary>Whether documents that are not trusted are answered, too; null for yes.</summary>
    public PersistedOperationMode? DocumentMode { get; init; }

    /// <summary>Which text of GraphQL over HTTP decides the status codes.</summary>
    public HttpStatusProfile StatusProfile { get; init; } = HttpStatusProfile.Watershed2025;

    /// <summary>Whether the explorer, a page for developers, is served.</summary>
    public bool Explorer { get; init; }

    /// <summary>Every limit of a document, its variables, its execution and its answer, by the names
    /// <see cref="RequestExecutorOptions"/> has.</summary>
    public RequestExecutorOptions Limits { get; } = new();

    /// <summary>Every limit and switch of the transport, by the names <see cref="GraphQLHttpOptions"/> has.</summary>
    public GraphQLHttpOptions Http { get; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Mode is not PersistedOperationMode.Off && TrustedDocuments is null)
        {
            yield return new ValidationResult(
                $"DocumentMode {Mode} needs TrustedDocuments: a folder with them, or a manifest.");
        }

        (string Name, object Part)[] parts =
        [
            ("Limits", Limits), ("Limits:Parser", Limits.Parser), ("Limits:Validation", Limits.Validation),
            ("Limits:Variables", Limits.Variables), ("Limits:Cost", Limits.Cost),
            ("Http", Http), ("Http:Upload", Http.Upload), ("Http:Streams", Http.Streams),
        ];
        foreach (var problem in parts.SelectMany(part => Problems(part.Name, part.Part))) yield return problem;
    }

    private static IEnumerable<ValidationResult> Problems(string name, object part)
    {
        var found = new List<ValidationResult>();
        Validator.TryValidateObject(part, new ValidationContext(part), found, validateAllProperties: true);
        return found.Select(problem => new ValidationResult($"{name}: {problem.ErrorMessage}"));
    }

    private PersistedOperationMode Mode => DocumentMode
        ?? (TrustedDocuments is null ? PersistedOperationMode.Off : PersistedOperationMode.Prefer);

    /// <exception cref="TrustedDocumentsException">They cannot be read, or are not what their names say.</exception>
    public void ApplyTo(RequestExecutorOptions options)
    {
        (options.Parser, options.Validation) = (Limits.Parser, Limits.Validation);
        (options.Variables, options.Cost) = (Limits.Variables, Limits.Cost);
        (options.ExecutionTimeout, options.MaxResponseBytes) = (Limits.ExecutionTimeout, Limits.MaxResponseBytes);
        (options.PlanCacheSize, options.PlanCacheBytes) = (Limits.PlanCacheSize, Limits.PlanCacheBytes);
        options.MaxEventsBehind = Limits.MaxEventsBehind;
        options.MaxAllowedNodeBatchSize = Limits.MaxAllowedNodeBatchSize;
        options.IntrospectionPolicy = Introspecting;
        options.PersistedOperations.Mode = Mode;
        options.PersistedOperations.IsExempt = request => Viewer.Of(request.User).May(Developing);
        if (TrustedDocuments is not null)
        {
            options.PersistedOperations.Documents = GraphQL.Security.TrustedDocuments.Load(TrustedDocuments);
        }
    }

    public void ApplyTo(GraphQLHttpOptions options) =>
        (options.StatusProfile, options.EnableExplorer) = (StatusProfile, Explorer);
}
