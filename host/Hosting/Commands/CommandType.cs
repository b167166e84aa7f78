namespace K12Hub.Hosting;

/// <summary>A command as the door knows it. Written by the generator for records with
/// <see cref="MutationAttribute"/>.</summary>
/// <typeparam name="TCommand">The command.</typeparam>
/// <typeparam name="TState">What its stream folds into.</typeparam>
/// <typeparam name="TEvent">What can happen.</typeparam>
/// <param name="Name">Its name, as in the schema.</param>
/// <param name="Policy">Who may.</param>
/// <param name="Subject">The stream it is about; null for a command that starts one.</param>
/// <param name="Decide">Its rule: state, command and moment give a decision.</param>
public sealed record CommandType<TCommand, TState, TEvent>(
    string Name,
    string Policy,
    Func<TCommand, Guid?> Subject,
    Func<TState?, TCommand, DateTimeOffset, Decision<TEvent>> Decide)
    where TState : class
    where TEvent : class
{
    /// <summary>Whether the rule takes a state that is not null: then a stream without events, of an aggregate without
    /// initial state, is refused as not found.</summary>
    public bool NeedsState { get; init; }
}
