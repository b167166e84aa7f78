using System.Data;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Wakes whoever waits for new events, on every node, by PostgreSQL's NOTIFY. A signal says that looking is
/// worth while, no more: one may be lost, so whoever waits also looks now and then unasked.</summary>
/// <remarks>Sent after the commit and on a connection of its own: inside the append, commits would queue for the lock
/// of the notification queue.</remarks>
public sealed class AppendSignals : IAsyncDisposable
{
    // However many appends there are, a node signals at most this often.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly NpgsqlDataSource _source;
    private readonly StoreOptions _options;
    private readonly string _channel;
    private readonly Lock _gate = new();
    private readonly HashSet<short> _waiting = [];
    private Task _sending = Task.CompletedTask;
    private bool _isSending;

    internal AppendSignals(NpgsqlDataSource source, StoreOptions options, string channel) =>
        (_source, _options, _channel) = (source, options, channel);

    /// <summary>Says that events of a district were committed; sessions say it themselves, whoever appends in a
    /// transaction of his own says it after the commit. Returns at once, and does nothing unless
    /// <see cref="StoreOptions.SignalAppends"/> is on.</summary>
    public void Raise(DistrictId tenant)
    {
        if (!_options.SignalAppends)
        {
            return;
        }

        lock (_gate)
        {
            if (!_waiting.Add(tenant.Required) || _isSending)
            {
                return;
            }

            _isSending = true;
            _sending = SendAsync();
        }
    }

    /// <summary>The districts that are signalled from now on, by any node, until cancelled.</summary>
    /// <exception cref="NpgsqlException">The connection broke; listen again.</exception>
    public async IAsyncEnumerable<DistrictId> ListenAsync([EnumeratorCancellation] CancellationToken ct)
    {
        var heard = Channel.CreateUnbounded<DistrictId>();
        await using var connection = await _source.OpenConnectionAsync(ct);
        connection.Notification += (_, signal) =>
        {
            if (short.TryParse(signal.Payload, out var tenant))
            {
                heard.Writer.TryWrite(new(tenant));
            }
        };
        await RunAsync(connection, $"listen {_channel}", ct);
        try
        {
            while (true)
            {
                while (heard.Reader.TryRead(out var tenant))
                {
                    yield return tenant;
                }

                await connection.WaitAsync(ct);
            }
        }
        finally
        {
            // It goes back to the pool, where nobody would listen to it.
            if (connection.FullState is ConnectionState.Open)
            {
                await RunAsync(connection, $"unlisten {_channel}", CancellationToken.None);
            }
        }
    }

    /// <summary>Sends what was raised and not yet sent.</summary>
    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (_gate)
        {
            last = _sending;
        }

        await last;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task SendAsync()
    {
        await Task.Yield(); // The caller holds the lock.
        while (true)
        {
            short[] tenants;
            lock (_gate)
            {
                if (_waiting.Count == 0)
                {
                    _isSending = false;
                    return;
                }

                tenants = [.. _waiting];
                _waiting.Clear();
            }

            await SendAsync(tenants);

            // Real time: how often the server is bothered has nothing to do with the clock events are judged by.
            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private async Task SendAsync(short[] tenants)
    {
        try
        {
            await using var command = _source.CreateCommand("select pg_notify($1, t::text) from unnest($2) t");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _channel });
            command.Parameters.Add(new()
            {
                Value = tenants,
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
            });
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception lost) when (lost is NpgsqlException or ObjectDisposedException or TimeoutException)
        {
            // The events are stored, and whoever waits for them looks unasked.
        }
    }
}
