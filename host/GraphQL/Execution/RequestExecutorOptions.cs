using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Execution;

/// <summary>Limits and switches of execution. The defaults suit a server open to strangers.</summary>
public sealed class RequestExecutorOptions
{
    /// <summary>Longest time one request may take.</summary>
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>True adds message and stack of unexpected exceptions to errors; for development only.</summary>
    public bool IncludeExceptionDetails { get; set; }

    /// <summary>True answers <c>__schema</c> and <c>__type</c>. <c>__typename</c> is always answered.</summary>
    public bool AllowIntrospection { get; set; }

    /// <summary>What a document may cost to read.</summary>
    public ParserLimits Parser { get; set; } = ParserLimits.Default;

    /// <summary>What a document may ask for.</summary>
    public ValidationOptions Validation { get; set; } = ValidationOptions.Default;

    /// <summary>What an operation may cost.</summary>
    public CostLimits Cost { get; set; } = new();

    /// <summary>Most documents kept compiled.</summary>
    public int PlanCacheSize { get; set; } = 512;

    /// <summary>Documents known by their id, and whether others are answered beside them.</summary>
    public PersistedOperationOptions PersistedOperations { get; } = new();

    /// <summary>Changes or logs errors before they are sent; null sends them as they are.</summary>
    public IErrorFilter? ErrorFilter { get; set; }
}
