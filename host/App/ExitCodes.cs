namespace K12Hub.App;

/// <summary>What the program says to scripts when it ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The command line or the file given cannot be read.</summary>
    public const int BadInput = 2;

    /// <summary>It can be done, but should not without somebody saying so.</summary>
    public const int Refused = 3;

    /// <summary>Something around us is missing or does not answer: PostgreSQL, a port, a folder.</summary>
    public const int Environment = 4;
}
