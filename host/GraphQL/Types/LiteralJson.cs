using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

internal static class LiteralJson
{
    public static JsonElement ToElement(ValueNode literal) => throw new NotImplementedException(literal.Kind.ToString());
}
