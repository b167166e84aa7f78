namespace K12Hub.GraphQL.Http.Tests;

/// <summary>Tests that measure the whole process, and therefore run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = nameof(Alone);
}
