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

    private const int MaxErrorsPerVariable = 5;

    private readonly Variable[] variables;

    public VariableCoercer(Schema schema, OperationDefinitionNode operation) =>
        variables = [.. operation.VariableDefinitions.Select(node => Variable.Of(schema, node))];

    /// <returns>The values, or else the errors of the request.</returns>
    public (IReadOnlyDictionary<string, object?> Values, IReadOnlyList<GraphQLError> Errors) Coerce(
        ReadOnlyMemory<byte> json, IReadOnlyDictionary<string, IFile>? files)
    {
        if (variables.Length == 0) return (None, []);
        if (!TryParse(json, out var given))
        {
            return (None, [new GraphQLError("Variables must be a JSON object.")]);
        }

        if (!UnicodeJson.Holds(json.Span))
        {
            return (None, [new GraphQLError("Variables hold half a surrogate pair, or bytes that are not UTF-8.")]);
        }

        var values = new Dictionary<string, object?>(variables.Length, StringComparer.Ordinal);
        var errors = new List<GraphQLError>();
        foreach (var variable in variables) Coerce(variable, given, files, values, errors);
        return (values, errors);
    }

    private static void Coerce(
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
                    variable, $"Variable \"${variable.Name}\" of required type \"{variable.Type}\" was not provided."));
            }

            return;
        }

        var defects = new List<InputError>();
        values[variable.Name] = JsonCoercion.Coerce(json, variable.Type, defects, files);
        foreach (var defect in defects.Take(MaxErrorsPerVariable))
        {
            errors.Add(Error(
                variable, $"Variable \"${variable.Name}\" got invalid value{At(defect)}; {defect.Message}"));
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

    private static GraphQLError Error(Variable variable, string message)
    {
        var location = variable.Node.Location;
        return new GraphQLError(message) { Locations = [new ErrorLocation(location.Line, location.Column)] };
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
