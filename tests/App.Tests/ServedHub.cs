namespace K12Hub.App.Tests;

/// <summary>One running server that the tests of a class share.</summary>
public sealed class ServedHub : IAsyncLifetime
{
    public Folders Folders { get; } = new();

    public HubProcess Hub { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await HubProcess.ServeNewAsync(Folders.Data);

    public async ValueTask DisposeAsync()
    {
        await Hub.StopAsync();
        Hub.Dispose();
        Folders.Dispose();
    }
}
