namespace K12Hub.GraphQL;

/// <summary>The public static methods of the class with <see cref="SubscribeAttribute"/> are fields of
/// <c>Subscription</c>; any number of classes merge.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SubscriptionTypeAttribute : Attribute;

/// <summary>The method resolves a field of <c>Subscription</c>, once for every event. One parameter has
/// <see cref="EventMessageAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SubscribeAttribute : Attribute
{
    /// <summary>A method of the same class that opens the source: it answers an <c>IAsyncEnumerable</c> or
    /// <c>ISourceStream</c> of events, at once or later, and may take arguments. Without it the source is a
    /// topic.</summary>
    public string? With { get; init; }
}

/// <summary>The topic whose messages are the events; without the attribute it is called like the method.</summary>
/// <param name="name">The name; <c>{source}</c> stands for the value of the argument <c>source</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TopicAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>The parameter receives the event.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class EventMessageAttribute : Attribute;
