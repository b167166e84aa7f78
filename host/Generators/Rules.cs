using Microsoft.CodeAnalysis;

namespace K12Hub.Generators;

/// <summary>The compile-time errors; README.md lists them.</summary>
internal static class Rules
{
    public static readonly DiagnosticDescriptor StaticPartial = Rule(
        1, "An annotated class is static partial", "Make {0} static partial; its generated part holds the schema");

    public static readonly DiagnosticDescriptor UnknownType = Rule(
        2, "A type cannot be shown in the schema", "{0}: {1} has no form in the schema; see host/Generators/README.md");

    public static readonly DiagnosticDescriptor ConnectionShape = Rule(
        3, "A connection returns a Page", "{0}: UseConnection and a Page<T> as result go together");

    public static readonly DiagnosticDescriptor LoaderShape = Rule(
        4,
        "A loader takes keys and answers a dictionary",
        "{0}: a loader is static, takes IReadOnlyList<TKey> first and returns Task<Dictionary<TKey, TValue>> " +
        "or Task<ILookup<TKey, TValue>>");

    public static readonly DiagnosticDescriptor ParentMember = Rule(
        5,
        "A resolver reads only what its parent is asked for",
        "{0} reads {1}, which may not be loaded; write [Parent(nameof({2}.{1}))]");

    public static readonly DiagnosticDescriptor NoSuchMember = Rule(
        6, "A named member exists", "{0}: {1} has no property {2}");

    public static readonly DiagnosticDescriptor DuplicateField = Rule(
        7, "Field names are unique", "{0} has two fields {1}; use BindMember, GraphQLName or GraphQLIgnore");

    public static readonly DiagnosticDescriptor NotComparable = Rule(
        8, "Filters and sorts need comparable properties", "{0} is a {1}, which cannot be compared");

    public static readonly DiagnosticDescriptor NodePolicy = Rule(
        9, "A node says who may see it", "{0} can be found by its id: give the class [Authorize] or [AllowAnonymous]");

    public static readonly DiagnosticDescriptor NoObjectType = Rule(
        10,
        "A returned row has an object type",
        "No class of this assembly has [ObjectType<{0}>], but fields return it");

    public static readonly DiagnosticDescriptor GuardedProperty = Rule(
        11,
        "Guarded values are not filtered or sorted by",
        "{0} has a policy of its own; filtering or sorting by it would tell its value to those who may not read it");

    public static readonly DiagnosticDescriptor NodeWithoutResolver = Rule(
        12,
        "A node can be found",
        "{0} has [Node], but nothing finds a {1}: add a static Get(id, …), or mark a method [NodeResolver]");

    public static readonly DiagnosticDescriptor ErrorShape = Rule(
        13,
        "An error is made of an exception",
        "{0}: {1} is neither an exception nor a type with a Message that is made of one, by a static " +
        "CreateErrorFrom(exception) or a constructor");

    public static readonly DiagnosticDescriptor OneOfNullable = Rule(
        14, "One of many is given", "{0} is [OneOf], so {1} is missing mostly: make it nullable");

    public static readonly DiagnosticDescriptor AbstractAccess = Rule(
        15,
        "What is guarded is not shown under another name",
        "{1} would show objects of {0}, which has a policy: give {1} [Authorize] or [AllowAnonymous]");

    public static readonly DiagnosticDescriptor SchemaType = Rule(
        16, "A type has the form it is given", "{0}: a {1} cannot be a {2} here; see host/Generators/README.md");

    public static readonly DiagnosticDescriptor LoaderState = Rule(
        17, "A loader's state may be missing", "{0} is [DataLoaderState]: make it nullable, or give it a default");

    public static readonly DiagnosticDescriptor LoaderCancellation = Rule(
        18, "A loader ends with its request", "{0} takes no CancellationToken: a batch would outlive its request");

    public static readonly DiagnosticDescriptor RootAccess = Rule(
        19,
        "A root field says who may use it",
        "{1} says nothing about who may use it: add [Authorize(Policy = …)] or [AllowAnonymous]");

    public static readonly DiagnosticDescriptor SubscriptionShape = Rule(
        20,
        "A subscription takes an event",
        "{0}: a field of a subscription has [Subscribe], and one parameter with [EventMessage]");

    public static readonly DiagnosticDescriptor SubscriptionSource = Rule(
        21,
        "A subscription has a source",
        "{0}: {1} is no static method of the class that answers an IAsyncEnumerable<T> or ISourceStream<T>");

    public static readonly DiagnosticDescriptor TopicArgument = Rule(
        22, "A topic names arguments", "{0}: the topic names {{{1}}}, which is no argument with a single value");

    public static readonly DiagnosticDescriptor PlainMutation = Rule(
        23,
        "Errors need a payload",
        "{0} has no payload for errors: return the value itself and take [Error] away, or keep the convention");

    public static readonly DiagnosticDescriptor CommandShape = Rule(
        24,
        "A command has a rule",
        "{0}: a command with [Mutation(\"name\")] is a record that implements ICommand<TState>, names the row it " +
        "Returns, and has a static Decide(TState, {0}), or one that takes a DateTimeOffset as well, returning " +
        "Decision<TEvent>");

    public static readonly DiagnosticDescriptor CommandPolicy = Rule(
        25, "A command says who may", "{0} says nothing about who may: name a permission, [Mutation(…, Policy = …)]");

    public static readonly DiagnosticDescriptor CommandSubject = Rule(
        26, "A command's Id is its stream", "{0}.Id is a Guid, or a struct around one called Value");

    private static readonly DiagnosticDescriptor[] All =
    [
        StaticPartial, UnknownType, ConnectionShape, LoaderShape, ParentMember, NoSuchMember, DuplicateField,
        NotComparable, NodePolicy, NoObjectType, GuardedProperty, NodeWithoutResolver, ErrorShape, OneOfNullable,
        AbstractAccess, SchemaType, LoaderState, LoaderCancellation, RootAccess,
        SubscriptionShape, SubscriptionSource, TopicArgument, PlainMutation,
        CommandShape, CommandPolicy, CommandSubject,
    ];

    public static DiagnosticDescriptor Of(string id) => Array.Find(All, rule => rule.Id == id)!;

    private static DiagnosticDescriptor Rule(int number, string title, string message) => new(
        $"K12GQL{number:000}", title, message, "K12Hub.GraphQL", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
