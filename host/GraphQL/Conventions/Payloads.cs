using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conventions;

/// <summary>The types mutations answer with. Called by generated code.</summary>
public static class Payloads
{
    /// <summary>Adds a mutation's payload: its value and the errors that kept it from being done.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="schema">Where to.</param>
    /// <param name="name">The payload's name.</param>
    /// <param name="field">The value's field.</param>
    /// <param name="type">The value's type in the schema, nullable.</param>
    public static void Add<T>(SchemaBuilder schema, string name, string field, string type)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(schema);
        AddError(schema);
        schema.AddType(new ObjectType(name)
        {
            Description = "What came of it: either the value or errors.",
            Fields =
            [
                new FieldDefinition(field, type)
                {
                    Description = "What was done; null when it was refused.",
                    Resolver = new PureResolver(parent => ((MutationResult<T>)parent).Value),
                },
                new FieldDefinition("errors", "[MutationError!]")
                {
                    Description = "Why it was refused; null when it was done.",
                    Resolver = new PureResolver(parent =>
                        ((MutationResult<T>)parent).Errors is { Count: > 0 } errors ? errors : null),
                },
            ],
        });
    }

    private static void AddError(SchemaBuilder schema)
    {
        if (schema.HasType("MutationError"))
        {
            return;
        }

        schema.AddType(new ObjectType("MutationError")
        {
            Description = "Why something was refused, and what to do about it.",
            Fields =
            [
                new FieldDefinition("code", "String!")
                {
                    Description = "A stable word for programs.",
                    Resolver = new LeafResolver(WriteCode),
                },
                new FieldDefinition("message", "String!")
                {
                    Description = "A sentence for people.",
                    Resolver = new LeafResolver(WriteMessage),
                },
                new FieldDefinition("path", "[String!]!")
                {
                    Description = "The input field it is about, from the outside in; empty for the whole input.",
                    Resolver = new PureResolver(parent => ((MutationError)parent).Path),
                },
            ],
        });
    }

    private static void WriteCode(object parent, ref JsonArena json) => json.WriteString(((MutationError)parent).Code);

    private static void WriteMessage(object parent, ref JsonArena json) =>
        json.WriteString(((MutationError)parent).Message);
}
