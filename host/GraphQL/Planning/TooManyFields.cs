using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>The refusal of an operation with more fields than allowed which validation has not counted: that of a
/// trusted document where those are not validated.</summary>
internal static class TooManyFields
{
    /// <param name="selected">The first field of the selection set with which it was too much.</param>
    /// <param name="fields">How many there were then.</param>
    /// <param name="limit">How many are allowed.</param>
    public static GraphQLException At((FieldNode Node, FieldDefinition Field) selected, int fields, int limit)
    {
        var (node, field) = selected;
        var coordinate = field.Coordinate;
        var message = $"The operation has too many fields, at {coordinate}: {PassedLimit.Text(fields)} where at most "
            + $"{PassedLimit.Text(limit)} are allowed.";
        return new GraphQLException(new GraphQLError(message)
        {
            Code = LimitCode.Fields,
            Locations = [new ErrorLocation(node.Location.Line, node.Location.Column)],
            Extensions = new PassedLimit("fields", limit, fields, coordinate).ToExtensions(),
        });
    }
}
