using System.Text;
using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>CoerceVariableValues of section 6.1.2, from the raw JSON of the request.</summary>
internal sealed class VariableCoercer
{
    /// <summary>No variables.</summary>
    public static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    /// <summary>The code of a variable whose value its type does not allow.</summary>
    public const string Invalid = "GRAPHQL_VARIABLE";

    private readonly Variable[] variables;
    private readonly VariableLimits limits;
    private readonly int maxErrors;

    public VariableCoercer(Schema schema, OperationDefinitionNode operation, RequestExecutorOptions options)
    {
        variables = [.. operation.VariableDefinitions.Select(node => Variable.Of(schema, node))];
        (limits, maxErrors) = (options.Variables, options.Validation.MaxErrors);
    }

    /// <returns>The values, or else the errors of the request.</returns>
    public (IReadOnlyDictionary<string, object?> Values, IReadOnlyList<GraphQLError> Errors) Coerce(
        ReadOnlyMemory<byte> json, IReadOnlyDictionary<string, IFile>? files)
    {
        if (variables.Length == 0) return (None, []);
        if (VariableSize.Of(json.Span, limits) is { Passed: { } passed } size)
        {
            return (None, [TooMuch(passed, size.Variable)]);
        }

        if (!TryParse(json, out var given))
        {
            return (None, [new GraphQLError("Variables must be a JSON object.") { Code = Invalid }]);
        }

        if (!UnicodeJson.Holds(json.Span))
        {
            var sentence = "Variables hold half a surrogate pair, or bytes that are not UTF-8.";
            return (None, [new GraphQLError(sentence) { Code = Invalid }]);
        }

        var values = new Dictionary<string, object?>(variables.Length, StringComparer.Ordinal);
        var errors = new List<GraphQLError>();
        foreach (var variable in variables)
        {
            Coerce(variable, given, files, values, errors);
            if (errors.Count >= maxErrors) return (None, errors);
        }

        return (values, errors);
    }

    private void Coerce(
        Variable variable,
        JsonElement given,
        IReadOnlyDictionary<string, IFile>? files,
        Dictionary<string, object?> values,
        List<GraphQLError> errors)
    {
        if (given.ValueKind is not JsonValueKind.Object || !given.TryGetProperty(variable.Name, out var json))
        {
            if (variable.Node.DefaultValue is not null) values[variable.Name] = variable.Default;
            else if (variable.Type is NonNullType)
            {
                errors.Add(Error(
                    variable,
                    $"Variable \"${variable.Name}\" of required type \"{variable.Type}\" was not provided.",
                    []));
            }

            return;
        }

        var defects = new List<InputError>();
        values[variable.Name] = JsonCoercion.Coerce(json, variable.Type, defects, files);
        foreach (var defect in defects.Take(maxErrors - errors.Count))
        {
            var message = $"Variable \"${variable.Name}\" got invalid value{At(defect)}; {defect.Message}";
            errors.Add(Error(variable, message, defect.Path));
        }
    }

    private static string At(InputError defect)
    {
        var where = new StringBuilder();
        foreach (var segment in defect.Path)
        {
            if (segment is int index) where.Append('[').Append(index).Append(']');
            else where.Append('.').Append((string)segment);
        }

        return where.Length == 0 ? "" : $" at \"{where.ToString().TrimStart('.')}\"";
    }

    // Where in the value, too: a program must find the input it was typed into.
    private static GraphQLError Error(Variable variable, string message, IReadOnlyList<object> path)
    {
        var extensions = new Dictionary<string, object?> { ["variable"] = variable.Name };
        if (path.Count > 0) extensions.Add("inputPath", path);
        return new GraphQLError(message)
        {
            Code = Invalid,
            Locations = [variable.Place],
            Extensions = extensions,
        };
    }

    private GraphQLError TooMuch(PassedLimit passed, string? name)
    {
        var extensions = passed.ToExtensions();
        var variable = variables.FirstOrDefault(known => known.Name == name);
        if (variable is not null) extensions["variable"] = name;
        var what = passed.Measure switch
        {
            "bytes" => "have too many bytes",
            "depth" => "nest too deep",
            "listLength" => "hold a list with too many items",
            _ => "hold too many values",
        };
        var (actual, limit) = (PassedLimit.Text(passed.Actual), PassedLimit.Text(passed.Limit));
        var place = variable is null ? "" : $", at \"${name}\"";
        return new GraphQLError($"The variables {what}{place}: {actual} where at most {limit} are allowed.")
        {
            Code = LimitCode.Variables,
            Locations = variable is null ? [] : [variable.Place],
            Extensions = extensions,
        };
    }

    private static bool TryParse(ReadOnlyMemory<byte> json, out JsonElement given)
    {
        given = default;
        if (json.IsEmpty) return true;
        try
        {
            given = JsonElement.Parse(json.Span);
            return given.ValueKind is JsonValueKind.Object or JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private sealed record Variable(string Name, IType Type, VariableDefinitionNode Node, object? Default)
    {
        public ErrorLocation Place => new(Node.Location.Line, Node.Location.Column);

        public static Variable Of(Schema schema, VariableDefinitionNode node)
        {
            var type = TypeOf(schema, node.Type);
            var value = node.DefaultValue is null ? null : LiteralCoercion.Coerce(node.DefaultValue, type, null, []);
            return new Variable(node.Variable.Name.Value, type, node, value);
        }

        private static IType TypeOf(Schema schema, TypeNode node) => node switch
        {
            NonNullTypeNode required => new NonNullType(TypeOf(schema, required.Type)),
            ListTypeNode list => new ListType(TypeOf(schema, list.Type)),
            NamedTypeNode named => schema.FindType(named.Name.Value)!,
            _ => throw new InvalidOperationException($"{node.Kind} is not a type."),
        };
    }
}
