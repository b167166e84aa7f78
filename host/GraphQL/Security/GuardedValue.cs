using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>A policy that is asked about the value a resolver has found.</summary>
internal static class GuardedValue
{
    /// <summary>The same resolver, whose value is only given away when the policy says yes.</summary>
    public static AsyncResolver Behind(FieldResolver resolver, FieldDefinition field) => new(async context =>
    {
        var value = resolver switch
        {
            PureResolver pure => pure.Get(context.Parent<object>()),
            SyncResolver sync => sync.Resolve(context),
            TaskResolver task => await ResultAsync(task, context).ConfigureAwait(false),
            AsyncResolver later => await later.Resolve(context).ConfigureAwait(false),
            _ => throw new NotSupportedException($"{resolver.GetType().Name} gives no value to ask about."),
        };

        return await context.Authorizer.DecideAsync(field, value).ConfigureAwait(false)
            ? value
            : throw new GraphQLException(context.Authorizer.Refusal());
    });

    private static async ValueTask<object?> ResultAsync(TaskResolver resolver, ResolverContext context)
    {
        var task = resolver.Start(context);
        await task.ConfigureAwait(false);
        return resolver.Result(task);
    }
}
