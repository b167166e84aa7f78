using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>CoerceArgumentValues ("Coercing Field Arguments"): once per plan where no variable is involved, else once
/// per request.</summary>
internal sealed class ArgumentPlan
{
    /// <summary>Says that an argument has no value, or a wrong one.</summary>
    public const string Invalid = "GRAPHQL_ARGUMENT";

    private static readonly ArgumentPlan Nothing = new([], ArgumentValues.None);

    private readonly (InputValueDefinition Definition, ValueNode? Given)[] arguments;

    private ArgumentPlan((InputValueDefinition, ValueNode?)[] arguments, ArgumentValues? constant)
    {
        this.arguments = arguments;
        Constant = constant;
    }

    /// <summary>The values when they are the same for every request; else null.</summary>
    public ArgumentValues? Constant { get; }

    public static ArgumentPlan Compile(FieldDefinition field, FieldNode node)
    {
        if (field.Arguments.Count == 0) return Nothing;

        var arguments = new (InputValueDefinition, ValueNode? Given)[field.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var definition = field.Arguments[i];
            var given = node.Arguments.FirstOrDefault(argument => argument.Name.Value == definition.Name)?.Value;
            arguments[i] = (definition, given);
        }

        var plan = new ArgumentPlan(arguments, null);
        var varies = arguments.Any(argument => argument.Given is not null && LiteralJson.HasVariables(argument.Given));
        return varies ? plan : plan.Fixed();
    }

    /// <exception cref="GraphQLException">A required argument has no value, or a value cannot be coerced.</exception>
    public ArgumentValues Coerce(IReadOnlyDictionary<string, object?> variables)
    {
        var names = new List<string>(arguments.Length);
        var values = new List<object?>(arguments.Length);
        foreach (var (definition, given) in arguments)
        {
            if (!TryCoerce(definition, given, variables, out var value)) continue;
            names.Add(definition.Name);
            values.Add(value);
        }

        return new ArgumentValues([.. names], [.. values]);
    }

    private ArgumentPlan Fixed()
    {
        try
        {
            return new ArgumentPlan(arguments, Coerce(VariableCoercer.None));
        }
        catch (GraphQLException)
        {
            // The value is wrong for every request; each is to get its error at the field.
            return this;
        }
    }

    private static bool TryCoerce(
        InputValueDefinition definition,
        ValueNode? given,
        IReadOnlyDictionary<string, object?> variables,
        out object? value)
    {
        value = null;
        if (given is null || (given is VariableNode variable && !variables.ContainsKey(variable.Name.Value)))
        {
            if (definition.IsRequired)
            {
                throw new GraphQLException(
                    $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was not provided.",
                    Invalid);
            }

            value = definition.CoercedDefault;
            return definition.DefaultValue is not null;
        }

        var errors = new List<InputError>();
        value = LiteralCoercion.Coerce(given, definition.Type, variables, errors);
        if (errors.Count > 0)
        {
            var (message, location) = (errors[0].Message, errors[0].Location);
            throw new GraphQLException(
                new GraphQLError($"Argument \"{definition.Name}\" has an invalid value. {message}")
                {
                    Code = Invalid,
                    Locations = [new ErrorLocation(location.Line, location.Column)],
                });
        }

        return true;
    }
}
