namespace K12Hub.EventStore;

/// <summary>Everything a store is told before it starts. Modules add their events, tables and projections
/// here.</summary>
public sealed class StoreOptions
{
    /// <summary>Npgsql connection string of the role the program works as. Statements are prepared automatically unless
    /// it says otherwise.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>The same as the role that owns the tables: installs the schema, makes rows anew and appends in bulk.
    /// Null where one role does both.</summary>
    public string? OwnerConnectionString { get; set; }

    /// <summary>Which record is stored under which name.</summary>
    public EventMap Events { get; } = new();

    /// <summary>How streams fold into state.</summary>
    public AggregateMap Aggregates { get; } = new();

    /// <summary>Rows written in the same transaction as the events.</summary>
    public ProjectionOptions Projections { get; } = new();

    /// <summary>The read tables.</summary>
    public TableMaps Tables { get; } = new();

    /// <summary>True tells all nodes when events were appended, at most 50 times a second; for programs of which
    /// somebody waits for events.</summary>
    public bool SignalAppends { get; set; }

    /// <summary>Where the keys are that wrap the keys of data subjects; needed as soon as an event is marked as
    /// personal data.</summary>
    public IKeyRing? KeyRing { get; set; }

    /// <summary>Where erasures are written down outside the database; needed to erase.</summary>
    public IErasureLedger? ErasureLedger { get; set; }

    /// <summary>The clock for ids and due times. Events themselves carry the database's time.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
