using System.ComponentModel.DataAnnotations;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Subscriptions;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Execution;

/// <summary>Limits and switches of execution. The defaults suit a server open to strangers, and are the same
/// everywhere: what works in development works in production.</summary>
public sealed class RequestExecutorOptions
{
    /// <summary>Longest time one request may take.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan ExecutionTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>True adds message and stack of unexpected exceptions to errors; for development only.</summary>
    public bool IncludeExceptionDetails { get; set; }

    /// <summary>True answers <c>__schema</c> and <c>__type</c> to everybody. <c>__typename</c> is always
    /// answered.</summary>
    public bool AllowIntrospection { get; set; }

    /// <summary>The policy of those to whom <c>__schema</c> and <c>__type</c> are answered all the same, asked of
    /// <see cref="IFieldAuthorization"/> once per request; null for nobody. Trusted documents are not asked.</summary>
    public string? IntrospectionPolicy { get; set; }

    /// <summary>What a document may cost to read.</summary>
    public ParserLimits Parser { get; set; } = new();

    /// <summary>What a document may ask for.</summary>
    public ValidationOptions Validation { get; set; } = new();

    /// <summary>How much may come in variables.</summary>
    public VariableLimits Variables { get; set; } = new();

    /// <summary>What an operation may cost.</summary>
    public CostLimits Cost { get; set; } = new();

    /// <summary>Largest response in bytes, errors included; a larger one is an error instead of memory.</summary>
    [Range(1_024, 1024 * 1024 * 1024)]
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Most ids in one <c>nodes</c>. What they cost counts against <see cref="Cost"/> as well.</summary>
    [Range(1, 1_000)]
    public int MaxAllowedNodeBatchSize { get; set; } = SchemaBuilder.DefaultNodeBatchSize;

    /// <summary>Events a subscriber may fall behind; one who falls further gets an error.</summary>
    [Range(1, 1_000_000)]
    public int MaxEventsBehind { get; set; } = EventBuffer<object>.DefaultCapacity;

    /// <summary>Most documents kept compiled.</summary>
    [Range(1, 1_000_000)]
    public int PlanCacheSize { get; set; } = 512;

    /// <summary>Most bytes of documents kept compiled, counted as text.</summary>
    [Range(1_024, 1024 * 1024 * 1024)]
    public int PlanCacheBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Documents known by their id, and whether others are answered beside them.</summary>
    public PersistedOperationOptions PersistedOperations { get; } = new();

    /// <summary>Who wants to know what is answered; then the request's services hold an <see cref="IAnswerLog"/>,
    /// without which nothing of what is watched is answered. Null for nobody.</summary>
    public IAnswerWatch? AnswerWatch { get; set; }

    /// <summary>Changes or logs errors before they are sent; null sends them as they are.</summary>
    public IErrorFilter? ErrorFilter { get; set; }
}
