using System.Buffers.Text;
using System.Text;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Data;

/// <summary>A row's place in an order, as text: base64url of the order's hash and the values of its keys. It holds
/// no row number, so it stays right when rows come and go.</summary>
internal static class Cursor
{
    /// <summary>Longest accepted cursor in characters; keys are names and ids, not essays.</summary>
    private const int Longest = 2048;

    public static string Write<T>(SortDefinition<T> sort, T row)
        where T : class
    {
        using var bytes = new MemoryStream(64);
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Hash(sort));
            foreach (var key in sort.Keys)
            {
                CursorValue.Write(writer, key.Column.Read(row));
            }
        }

        return Base64Url.EncodeToString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The values of the order's keys.</summary>
    /// <exception cref="GraphQLException">It is no cursor, or one of another order.</exception>
    public static object?[] Read<T>(SortDefinition<T> sort, string cursor)
        where T : class
    {
        var bytes = Decode(cursor);
        if (bytes.Length < sizeof(uint))
        {
            throw NotACursor();
        }

        using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
        if (reader.ReadUInt32() != Hash(sort))
        {
            throw new GraphQLException(
                "The cursor belongs to another order. Use it with the order it came from, or start without a cursor.",
                "CURSOR_OF_ANOTHER_ORDER");
        }

        return ReadValues(sort, reader);
    }

    private static object?[] ReadValues<T>(SortDefinition<T> sort, BinaryReader reader)
        where T : class
    {
        var values = new object?[sort.Keys.Length];
        try
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = CursorValue.Read(reader, sort.Keys[i].Column.Property.PropertyType);
            }
        }
        catch (Exception e) when (e is IOException or ArgumentException or FormatException or InvalidDataException)
        {
            throw NotACursor();
        }

        return reader.BaseStream.Position == reader.BaseStream.Length ? values : throw NotACursor();
    }

    private static byte[] Decode(string cursor)
    {
        try
        {
            return cursor.Length <= Longest ? Base64Url.DecodeFromChars(cursor) : throw NotACursor();
        }
        catch (FormatException)
        {
            throw NotACursor();
        }
    }

    private static GraphQLException NotACursor() =>
        new("This is not a cursor. Take cursors from pageInfo or edges.", "CURSOR_INVALID");

    /// <summary>FNV-1a over the properties and directions: cursors of another order, or of an order whose columns
    /// changed in an upgrade, are recognised.</summary>
    private static uint Hash<T>(SortDefinition<T> sort)
        where T : class
    {
        var hash = 2166136261u;
        foreach (var key in sort.Keys)
        {
            foreach (var letter in key.Column.Name)
            {
                hash = (hash ^ letter) * 16777619;
            }

            hash = (hash ^ (key.Descending ? '-' : '+')) * 16777619;
        }

        return hash;
    }
}
