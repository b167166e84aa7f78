using System.Collections.Concurrent;
using System.Linq.Expressions;

namespace K12Hub.Hosting;

/// <summary>What is said of rows as expressions, asked of one row.</summary>
internal static class RowKeys
{
    private static readonly ConcurrentDictionary<LambdaExpression, Delegate> Compiled = new();

    /// <summary>What an expression gives of a row.</summary>
    public static object? Of(this LambdaExpression key, object row) =>
        Compiled.GetOrAdd(key, one => one.Compile()).DynamicInvoke(row);
}
