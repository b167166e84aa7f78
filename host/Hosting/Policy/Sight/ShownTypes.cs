using K12Hub.GraphQL.Types;

namespace K12Hub.Hosting;

/// <summary>Which type of the schema shows which rows.</summary>
internal sealed class ShownTypes
{
    /// <summary>The schema; null before there is one.</summary>
    public SchemaBuilder? Schema { get; set; }
}
