namespace K12Hub.GraphQL.Fetching;

/// <summary>Told when the batches of several loaders go off together, so that what they ask of a database can go there
/// together too. A service of the request; optional.</summary>
/// <remarks>Both are called on the request's pump, one after the other. In between the batches are started: their code
/// runs until it first awaits something.</remarks>
public interface IBatchListener
{
    /// <summary>The batches of two loaders or more are about to be started.</summary>
    void OnStarting();

    /// <summary>All of them were.</summary>
    void OnStarted();
}
