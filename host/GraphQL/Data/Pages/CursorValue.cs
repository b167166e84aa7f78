using System.Globalization;

namespace K12Hub.GraphQL.Data;

/// <summary>The binary form of one key value: a byte that says whether there is a value, then the value.</summary>
internal static class CursorValue
{
    public static void Write(BinaryWriter writer, object? value)
    {
        writer.Write(value is not null);
        switch (value)
        {
            case null:
                break;
            case string text:
                writer.Write(text);
                break;
            case Guid id:
                writer.Write(id.ToByteArray());
                break;
            case bool truth:
                writer.Write(truth);
                break;
            case DateTimeOffset instant:
                writer.Write(instant.UtcTicks);
                break;
            case DateTime time:
                writer.Write(time.ToBinary());
                break;
            case DateOnly day:
                writer.Write(day.DayNumber);
                break;
            case decimal number:
                writer.Write(number);
                break;
            case double number:
                writer.Write(number);
                break;
            case byte or short or int or long or TimeOnly or TimeSpan:
                writer.Write(Whole(value));
                break;
            default:
                throw new NotSupportedException($"Rows cannot be ordered by a {value.GetType().Name}.");
        }
    }

    private static long Whole(object value) => value switch
    {
        TimeOnly time => time.Ticks,
        TimeSpan length => length.Ticks,
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    public static object? Read(BinaryReader reader, Type type)
    {
        if (!reader.ReadBoolean())
        {
            return null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => Text(reader.ReadString()),
            _ when type == typeof(Guid) => new Guid(Exactly(reader, 16)),
            _ when type == typeof(bool) => reader.ReadBoolean(),
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            _ when type == typeof(DateTime) => DateTime.FromBinary(reader.ReadInt64()),
            _ when type == typeof(DateOnly) => DateOnly.FromDayNumber(reader.ReadInt32()),
            _ when type == typeof(TimeOnly) => new TimeOnly(reader.ReadInt64()),
            _ when type == typeof(TimeSpan) => new TimeSpan(reader.ReadInt64()),
            _ when type == typeof(decimal) => reader.ReadDecimal(),
            _ when type == typeof(double) => reader.ReadDouble(),
            _ => Number(reader.ReadInt64(), type),
        };
    }

    // No database keeps such text, so the cursor was not made of a row.
    private static string Text(string text) => text.Contains('\0')
        ? throw new InvalidDataException("Text of a row does not hold U+0000.")
        : text;

    private static object Number(long number, Type type)
    {
        try
        {
            return Convert.ChangeType(number, type, CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is OverflowException or InvalidCastException)
        {
            throw new InvalidDataException("A number does not fit its column.", e);
        }
    }

    private static byte[] Exactly(BinaryReader reader, int count)
    {
        var bytes = reader.ReadBytes(count);
        return bytes.Length == count ? bytes : throw new EndOfStreamException();
    }
}
