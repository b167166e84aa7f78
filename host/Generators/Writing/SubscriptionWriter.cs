using System.Text.RegularExpressions;
using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes the method that opens the events of a subscription.</summary>
internal static class SubscriptionWriter
{
    private const string Streams = "global::K12Hub.GraphQL.Subscriptions.SourceStreams";
    private const string Answer =
        "global::System.Threading.Tasks.ValueTask<global::K12Hub.GraphQL.Subscriptions.ISourceStream>";

    public static void Method(CodeWriter code, FieldModel field, string owner)
    {
        var source = field.Source!;
        var head = $"private static {(source.IsAsync ? "async " : "")}{Answer} " +
            $"Subscribe{field.Member}({Text.Execution}ResolverContext context) =>";
        code.Line().Line(head).Indented(c => c.Line(Open(field, source, owner) + ";"));
    }

    private static string Open(FieldModel field, SourceModel source, string owner)
    {
        if (source.Method is null)
        {
            return $"{Streams}.OfTopicAsync<{source.Parameters[0].CSharp}>(context, {Topic(field, source.Topic!)})";
        }

        var parameters = source.Parameters.Select(p => ParameterWriter.Resolver(p, field, "context"));
        var call = $"{owner}.{source.Method}({string.Join(", ", parameters)})";
        return source.IsAsync
            ? $"{Streams}.From(await {call}.ConfigureAwait(false))"
            : $"new({Streams}.From({call}))";
    }

    /// <summary>An interpolated string; what stands between braces is the value of an argument.</summary>
    private static string Topic(FieldModel field, string topic)
    {
        var parts = Regex.Split(topic, @"\{([^{}]*)\}");
        var text = parts.Select((part, i) => i % 2 == 0
            ? Text.Literal(part).Trim('"').Replace("{", "{{").Replace("}", "}}")
            : $"{{({ParameterWriter.Argument(field.Parameters.First(p => p.Name == part), "context")})}}");
        return $"$\"{string.Concat(text)}\"";
    }
}
