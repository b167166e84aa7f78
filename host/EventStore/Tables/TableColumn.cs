using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>One column of a read table and the property it is filled from.</summary>
/// <param name="Name">Column name, snake case.</param>
/// <param name="PgType">PostgreSQL type as written in DDL, for instance <c>text[]</c>.</param>
/// <param name="DbType">The same type for parameters and binary COPY.</param>
/// <param name="Nullable">Whether the column accepts null.</param>
/// <param name="Property">Name of the property.</param>
/// <param name="Getter">Reads the value of a row as PostgreSQL is given it: enums as names, ids unwrapped.</param>
public sealed record TableColumn(
    string Name,
    string PgType,
    NpgsqlDbType DbType,
    bool Nullable,
    string Property,
    Func<object, object?> Getter)
{
    /// <summary>What is known of it as personal data; null when it is none.</summary>
    public PersonalColumn? Personal { get; internal init; }
}
