using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conventions;

/// <summary>The types mutations answer with. Called by generated code.</summary>
public static class Payloads
{
    private const string House = "MutationError";
    private const string Conflict = "ConflictError";
    private const string Change = "ConflictingChange";

    /// <summary>Adds a mutation's payload: its value and the errors that kept it from being done.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="schema">Where to.</param>
    /// <param name="mutation">The mutation's name, its first letter in upper case.</param>
    /// <param name="field">The value's field.</param>
    /// <param name="type">The value's type in the schema, nullable.</param>
    /// <param name="errors">The types of expected exceptions; none for refusals as values alone.</param>
    /// <param name="show">What is shown of a value; null for the value itself.</param>
    public static void Add<T>(
        SchemaBuilder schema,
        string mutation,
        string field,
        string type,
        IReadOnlyList<PayloadError> errors,
        Func<T, object?>? show = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(errors);
        Add(schema, mutation, field, type, ErrorType(schema, mutation, errors), show ?? (value => value));
    }

    /// <summary>Adds the payload of a command: its errors also say what others changed meanwhile.</summary>
    /// <typeparam name="T">The value.</typeparam>
    /// <param name="schema">Where to.</param>
    /// <param name="mutation">The mutation's name, its first letter in upper case.</param>
    /// <param name="field">The value's field.</param>
    /// <param name="type">The value's type in the schema, nullable.</param>
    public static void AddCommand<T>(SchemaBuilder schema, string mutation, string field, string type)
    {
        ArgumentNullException.ThrowIfNull(schema);
        AddHouse(schema);
        AddConflict(schema);
        Add<T>(schema, mutation, field, type, "Error", value => value);
    }

    private static void Add<T>(
        SchemaBuilder schema, string mutation, string field, string type, string errorType, Func<T, object?> shown)
    {
        schema.AddType(new ObjectType($"{mutation}Payload")
        {
            Description = "What came of it: either the value or errors.",
            Fields =
            [
                new FieldDefinition(field, type)
                {
                    Description = "What was done; null when it was refused.",
                    Resolver = new PureResolver(parent => Value((MutationResult<T>)parent, shown)),
                },
                new FieldDefinition("errors", $"[{errorType}!]")
                {
                    Description = "Why it was refused; null when it was done.",
                    Resolver = new PureResolver(parent =>
                        ((MutationResult<T>)parent).Refusals is { Count: > 0 } refusals ? refusals : null),
                },
            ],
        });
    }

    private static object? Value<T>(MutationResult<T> result, Func<T, object?> show) =>
        result.Refusals.Count > 0 || result.Value is null ? null : show(result.Value);

    /// <summary>The type of the errors: the house's own, or a union of it and the expected exceptions.</summary>
    private static string ErrorType(SchemaBuilder schema, string mutation, IReadOnlyList<PayloadError> errors)
    {
        AddHouse(schema);
        if (errors.Count == 0)
        {
            return House;
        }

        foreach (var error in errors.Where(error => !schema.HasType(error.Name)))
        {
            schema.AddType(error.Type($"Why something was refused: `{error.Code}`."));
        }

        schema.AddType(new UnionType($"{mutation}Error")
        {
            Description = "Why it was refused.",
            MemberReferences = [House, .. errors.Select(error => error.Name).Distinct()],
        });
        return $"{mutation}Error";
    }

    private static void AddHouse(SchemaBuilder schema)
    {
        if (schema.HasType(House))
        {
            return;
        }

        schema.AddType(new InterfaceType("Error")
        {
            Description = "Why something was refused, and what to do about it.",
            Fields = PayloadError.Fields(null, null, null),
        });
        schema.AddType(new ObjectType(House)
        {
            Description = "Why something was refused, and what to do about it.",
            RuntimeType = typeof(MutationError),
            InterfaceReferences = ["Error"],
            Fields = PayloadError.Fields(
                error => ((MutationError)error).Code,
                error => ((MutationError)error).Message,
                error => ((MutationError)error).Path),
        });
    }

    private static void AddConflict(SchemaBuilder schema)
    {
        if (schema.HasType(Conflict))
        {
            return;
        }

        schema.AddType(new ObjectType(Change)
        {
            Description = "Something another writer did meanwhile.",
            RuntimeType = typeof(ConflictingChange),
            Fields =
            [
                Of("version", "Int!", "Number of the change, counted from the beginning.", change => change.Version),
                Of("type", "String!", "A stable word for what was done.", change => change.Type),
                Of("actor", "String", "Id of who did it; null when unknown.", change => change.Actor),
                Of("at", "DateTime!", "When it was stored.", change => change.At),
            ],
        });
        schema.AddType(new ObjectType(Conflict)
        {
            Description = "Others changed the same thing at the same moment, again and again.",
            RuntimeType = typeof(ConflictError),
            InterfaceReferences = ["Error"],
            Fields =
            [
                .. PayloadError.Fields(
                    error => ((MutationError)error).Code,
                    error => ((MutationError)error).Message,
                    error => ((MutationError)error).Path),
                new FieldDefinition("changes", $"[{Change}!]!")
                {
                    Description = "What they did, oldest first.",
                    Resolver = new PureResolver(error => ((ConflictError)error).Changes),
                },
            ],
        });
    }

    private static FieldDefinition Of(
        string name, string type, string description, Func<ConflictingChange, object?> read) => new(name, type)
    {
        Description = description,
        Resolver = new PureResolver(change => read((ConflictingChange)change)),
    };
}
