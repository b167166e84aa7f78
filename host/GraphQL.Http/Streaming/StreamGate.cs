using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>Counts the open event streams and sockets, of all and of each user.</summary>
internal sealed class StreamGate(StreamOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> open = new(StringComparer.Ordinal);
    private int total;

    /// <exception cref="HttpRefusal">There are too many.</exception>
    public Lease Enter(HttpContext http)
    {
        var owner = OwnerOf(http);
        lock (gate)
        {
            if (total >= options.MaxStreams) throw HttpRefusal.Busy;
            var own = open.GetValueOrDefault(owner);
            if (own >= options.MaxStreamsPerUser) throw HttpRefusal.TooManyStreams(options.MaxStreamsPerUser);
            open[owner] = own + 1;
            total++;
        }

        return new Lease(this, owner);
    }

    private static string OwnerOf(HttpContext http) => http.User.Identity?.IsAuthenticated == true
        ? $"user {http.User.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? http.User.Identity.Name}"
        : $"address {http.Connection.RemoteIpAddress}";

    private void Leave(string owner)
    {
        lock (gate)
        {
            total--;
            if (--open[owner] == 0) open.Remove(owner);
        }
    }

    public sealed class Lease(StreamGate gate, string owner) : IDisposable
    {
        private int isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isOver, 1) == 0) gate.Leave(owner);
        }
    }
}
