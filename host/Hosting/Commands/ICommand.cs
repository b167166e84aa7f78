namespace K12Hub.Hosting;

/// <summary>Something a person may ask for. A record with what it takes; its rule is a static
/// <c>Decide(state, command)</c>, which may take the moment as a third argument and returns a
/// <see cref="Decision{TEvent}"/>. Pure: no clock, no database, no randomness.</summary>
/// <typeparam name="TState">What the stream it is about folds into.</typeparam>
public interface ICommand<TState>
    where TState : class;

/// <summary>The command is a mutation of the GraphQL schema. The generator writes its input from the record's
/// properties, its payload with <c>errors</c>, and the way to the <see cref="CommandDoor"/>.</summary>
/// <param name="name">The mutation's name: <c>assignInquiry</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class MutationAttribute(string name) : Attribute
{
    /// <summary>The mutation's name.</summary>
    public string Name { get; } = name;

    /// <summary>Who may: the name of a declared permission. Asked again with the loaded state.</summary>
    public string Policy { get; init; } = "";

    /// <summary>The row that is answered: what an inline projection makes of the new state.</summary>
    public Type? Returns { get; init; }
}
