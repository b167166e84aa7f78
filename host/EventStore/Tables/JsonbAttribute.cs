namespace K12Hub.EventStore;

/// <summary>Stores the property as <c>jsonb</c>: for leaf payloads that nobody filters or sorts by.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JsonbAttribute : Attribute;
