using System.Globalization;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Execution;

namespace K12Hub.Hosting;

/// <summary>A command as a field of the schema. Called by generated code.</summary>
public static class CommandField
{
    /// <summary>Carries the command out and makes its payload.</summary>
    /// <typeparam name="TCommand">The command.</typeparam>
    /// <typeparam name="TState">What its stream folds into.</typeparam>
    /// <typeparam name="TEvent">What can happen.</typeparam>
    /// <typeparam name="TRow">The row that is answered.</typeparam>
    /// <param name="context">The field.</param>
    /// <param name="type">The command's description.</param>
    /// <param name="command">What is asked for.</param>
    /// <param name="nameOf">The input field of a property, for paths of refusals.</param>
    public static async ValueTask<object?> RunAsync<TCommand, TState, TEvent, TRow>(
        ResolverContext context,
        CommandType<TCommand, TState, TEvent> type,
        TCommand command,
        Func<string, string> nameOf)
        where TState : class
        where TEvent : class
        where TRow : class
    {
        ArgumentNullException.ThrowIfNull(context);
        var door = context.Service<CommandDoor>();
        var result = await door.RunAsync(type, command, KeyOf(context), context.RequestAborted).ConfigureAwait(false);
        if (result.Refusal is not { } refusal)
        {
            return MutationResult.Done(result.State is { } state ? door.RowOf<TState, TRow>(state) : null);
        }

        return (MutationResult<TRow>)(Error(refusal) with { Path = [.. refusal.Path.Select(nameOf)] });
    }

    private static MutationError Error(Refusal refusal) => refusal.Code == Refusal.Conflict.Code
        ? new ConflictError(refusal.Code, refusal.Message,
            [.. refusal.Meanwhile.Select(c => new ConflictingChange(c.Version, c.Type, c.Actor, c.RecordedAt))])
        : new MutationError(refusal.Code, refusal.Message);

    /// <summary>One request may hold several commands under one key: each has its own place in the answer.</summary>
    private static string? KeyOf(ResolverContext context) => context.IdempotencyKey is { } key
        ? string.Create(CultureInfo.InvariantCulture, $"{key}\n{string.Join('/', context.Path)}")
        : null;
}
