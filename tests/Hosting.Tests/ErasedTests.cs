using K12Hub.EventStore;
using K12Hub.Hosting.Tests.Clubs;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests;

/// <summary>A command about somebody whose data was erased is an expected "no".</summary>
public sealed class ErasedTests : IDisposable
{
    private static readonly Guid Ana = new("00000000-0000-0000-0000-0000000000a1");

    private static readonly CommandType<NamePupil, Pupil, PupilNamed> Command = new(
        "namePupil", ClubsModule.Write, command => command.Id,
        (_, command, _) => new PupilNamed(command.Id, command.Name));

    private readonly string folder = Directory.CreateTempSubdirectory("k12hub-keys-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_about_an_erased_person_is_refused()
    {
        using var ledger = new FileErasureLedger(Path.Combine(folder, "erasures.log"));
        await using var hub = await ClubHub.StartAsync(more: hub => hub.Store(store =>
        {
            store.Events.MapEventType<PupilNamed>("pupil.named");
            store.Aggregates.Add<Pupil>("pupil", _ => new(""), (_, named) => new(((PupilNamed)named).Name));
            store.KeyRing = new FileKeyRing(folder, TimeProvider.System);
            store.ErasureLedger = ledger;
        }));
        Assert.Null((await RunAsync(hub)).Refusal);

        await hub.Store.Erasure.EraseSubjectAsync(ClubHub.District, Ana, "request 17", null, Ct);

        Assert.Equal(Refusal.Erased, (await RunAsync(hub)).Refusal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<CommandResult<Pupil>> RunAsync(ClubHub hub)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer =
            Viewer.Of(Viewer.Principal("ms-reyes", ClubHub.District, [ClubsModule.Write]));
        return await scope.ServiceProvider.GetRequiredService<CommandDoor>()
            .RunAsync(Command, new NamePupil(Ana, "Ana Ortiz"), cancellationToken: Ct);
    }

    private sealed record NamePupil(Guid Id, string Name);

    private sealed record PupilNamed(
        Guid Pupil, [property: PersonalData(Subject = nameof(PupilNamed.Pupil))] string Name);

    private sealed record Pupil(string Name);
}
