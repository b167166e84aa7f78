using System.Diagnostics;

namespace K12Hub.Postgres;

/// <summary>Stops and deletes a disposable server when the process that started it ends, even by kill -9.</summary>
/// <remarks>A shell waits for the end of its input, which comes when our end of the pipe closes, however it closes.
/// PDEATHSIG would not do: it fires when the creating thread ends, and threads of the pool do.</remarks>
internal sealed class DeathWatch : IDisposable
{
    // $1 pid file, $2 folder to delete, $3 socket folder to delete. SIGQUIT is PostgreSQL's "immediate".
    private const string Script =
        """
        trap '' INT TERM HUP
        if read -r _; then exit 0; fi
        if [ -f "$1" ]; then kill -QUIT "$(head -n 1 "$1")" 2>/dev/null; fi
        n=0; while [ -f "$1" ] && [ $n -lt 50 ]; do n=$((n + 1)); sleep 0.1; done
        rm -rf "$2" "$3"
        """;

    private readonly Process shell;

    public DeathWatch(DataFolder folder) => shell = Tool.Start(
        ["/bin/sh", "-c", Script, "k12hub-death-watch", folder.PidFile, folder.Root, folder.SocketFolder]);

    /// <summary>Ends the watch: a whole line, and not the end of input, says that all is done.</summary>
    public void Dispose()
    {
        try
        {
            shell.StandardInput.WriteLine("done");
        }
        catch (IOException)
        {
            // The shell is gone already; so is what it would do.
        }

        shell.StandardInput.Close();
        shell.Dispose();
    }
}
