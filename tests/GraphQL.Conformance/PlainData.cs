using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Conformance;

/// <summary>
/// Data of a request as resolvers see it: dictionaries, arrays and plain values. <c>{"__error":"m"}</c> is an
/// exception, <c>{"__async":5,"value":…}</c> arrives after so many milliseconds, <c>{"__args":true}</c> is the
/// arguments of the field.
/// </summary>
internal static class PlainData
{
    public static object? From(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => FromObject(json),
        JsonValueKind.Array => json.EnumerateArray().Select(From).ToArray(),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.TryGetInt64(out var whole) ? whole : json.GetDouble(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The value once everything in it that is late has arrived; objects wait for their own fields.</summary>
    public static async ValueTask<object?> ArrivedAsync(object? value, ResolverContext context)
    {
        while (value is Late late)
        {
            await Task.Delay(late.Delay);
            value = late.Value;
        }

        if (value is GivenArguments) return Arguments(context);
        if (value is not object?[] items || !items.Any(IsToCome)) return value;

        return await Task.WhenAll(items.Select(item => ArrivedAsync(item, context).AsTask()));
    }

    private static bool IsToCome(object? item) =>
        item is Late or GivenArguments || (item is object?[] items && items.Any(IsToCome));

    private static Dictionary<string, object?> Arguments(ResolverContext context) =>
        context.Selection.Field.Arguments
            .Where(argument => context.HasArgument(argument.Name))
            .ToDictionary(argument => argument.Name, argument => context.Argument<object>(argument.Name));

    private static object? FromObject(JsonElement json)
    {
        if (json.TryGetProperty("__error", out var message)) return new GraphQLException(message.ToString());
        if (json.TryGetProperty("__args", out _)) return new GivenArguments();
        if (json.TryGetProperty("__async", out var delay))
        {
            var value = json.TryGetProperty("value", out var given) ? From(given) : null;
            return new Late(TimeSpan.FromMilliseconds(delay.GetDouble()), value);
        }

        return json.EnumerateObject().ToDictionary(property => property.Name, property => From(property.Value));
    }

    private sealed record Late(TimeSpan Delay, object? Value);

    private sealed record GivenArguments;
}

/// <summary>A resolver for whatever field is asked about: the property of its name, when it has arrived.</summary>
internal sealed class DataResolvers : IReadOnlyDictionary<string, FieldResolver>
{
    public IEnumerable<string> Keys => [];

    public IEnumerable<FieldResolver> Values => [];

    public int Count => 0;

    public FieldResolver this[string coordinate] =>
        For(coordinate[(coordinate.IndexOf('.', StringComparison.Ordinal) + 1)..]);

    public bool ContainsKey(string key) => true;

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out FieldResolver value)
    {
        value = this[key];
        return true;
    }

    public IEnumerator<KeyValuePair<string, FieldResolver>> GetEnumerator() =>
        Enumerable.Empty<KeyValuePair<string, FieldResolver>>().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static AsyncResolver For(string field) => new(context => PlainData.ArrivedAsync(
        context.Parent<object>() is IReadOnlyDictionary<string, object?> data ? data.GetValueOrDefault(field) : null,
        context));
}
