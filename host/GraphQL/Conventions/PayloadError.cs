using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conventions;

/// <summary>An expected exception of a mutation and the type it is answered as. Made by generated code.</summary>
/// <param name="Name">The type in the schema.</param>
/// <param name="Code">A stable word for programs.</param>
/// <param name="RuntimeType">What is answered: the exception, or what was made of it.</param>
/// <param name="Message">Reads the sentence for people.</param>
public sealed record PayloadError(string Name, string Code, Type RuntimeType, Func<object, string> Message)
{
    private static readonly string[] NoPath = [];

    /// <summary>What it shows besides code, message and path.</summary>
    public IReadOnlyList<FieldDefinition> More { get; init; } = [];

    internal ObjectType Type(string description) => new(Name)
    {
        Description = description,
        RuntimeType = RuntimeType,
        InterfaceReferences = ["Error"],
        Fields = [.. Fields(_ => Code, Message, _ => NoPath), .. More],
    };

    /// <summary>What every error shows; without resolvers for the interface.</summary>
    internal static FieldDefinition[] Fields(
        Func<object, string>? code, Func<object, string>? message, Func<object, IReadOnlyList<string>>? path) =>
    [
        new("code", "String!") { Description = "A stable word for programs.", Resolver = Read(code) },
        new("message", "String!") { Description = "A sentence for people.", Resolver = Read(message) },
        new("path", "[String!]!")
        {
            Description = "The input field it is about, from the outside in; empty for the whole input.",
            Resolver = Read(path),
        },
    ];

    private static PureResolver? Read(Func<object, object>? read) => read is null ? null : new PureResolver(read);
}

/// <summary>An expected exception on its way to the payload: a bare one would be taken for an error of the
/// field. Made by generated code.</summary>
/// <typeparam name="T">The exception as the mutation names it.</typeparam>
/// <param name="Exception">The exception.</param>
public sealed record Thrown<T>(T Exception)
    where T : Exception;
