using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Where two people have to agree, makes sure that they are two: one of them with a token in each hand is
/// one.</summary>
/// <param name="known">Who is behind ids.</param>
public sealed class SecondPerson(IEnumerable<IPersonBehind> known)
{
    /// <summary>Whether who agrees is somebody else than who asked.</summary>
    /// <param name="district">The district.</param>
    /// <param name="asked">Id of the viewer who asked.</param>
    /// <param name="agrees">Id of the viewer who agrees; null for nobody, who is not.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<bool> IsAsync(DistrictId district, string? asked, string? agrees, CancellationToken ct) =>
        agrees is not null
        && await BehindAsync(district, asked, ct).ConfigureAwait(false)
            != await BehindAsync(district, agrees, ct).ConfigureAwait(false);

    private async ValueTask<string?> BehindAsync(DistrictId district, string? viewer, CancellationToken ct)
    {
        foreach (var module in known)
        {
            if (viewer is null) return null;
            viewer = await module.FindAsync(district, viewer, ct).ConfigureAwait(false);
        }

        return viewer;
    }
}
