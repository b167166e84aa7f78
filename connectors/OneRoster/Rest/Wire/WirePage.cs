using System.Text;
using System.Text.Json;

namespace K12Hub.OneRoster.Rest.Wire;

/// <summary>Why the body of an answer is no page.</summary>
internal sealed class BrokenPageException(string what) : IOException(what);

/// <summary>Reads the body of one page while it arrives: an envelope with the collection in it, object by object, in
/// memory for a few hundred objects however long the page is.</summary>
internal sealed class WirePage(string collection, WireRow row, int maxRowBytes, Action<CellBuffer> onRow)
{
    private enum Step
    {
        Envelope,
        Properties,
        Rows,
        End,
    }

    private readonly byte[] name = Encoding.ASCII.GetBytes(collection);
    private byte[] buffer = new byte[131_072];
    private Step step;
    private bool found;

    /// <summary>Reads a body to its end.</summary>
    /// <returns>How many objects it held.</returns>
    /// <exception cref="BrokenPageException">It is cut off, or no page of this collection.</exception>
    public async ValueTask<int> ReadAsync(Stream body, CancellationToken ct)
    {
        var (state, filled, count) = (new JsonReaderState(), 0, 0);
        (step, found) = (Step.Envelope, false);
        try
        {
            while (true)
            {
                var got = await body.ReadAsync(buffer.AsMemory(filled), ct);
                filled += got;
                var consumed = Take(buffer.AsSpan(0, filled), isLast: got == 0, ref state, ref count);
                if (got == 0) break;
                filled -= consumed;
                buffer.AsSpan(consumed, filled).CopyTo(buffer);
                if (filled == buffer.Length) Grow();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BrokenPageException("is cut off, or is no JSON");
        }

        if (step is not Step.End) throw new BrokenPageException("is cut off");
        if (!found) throw new BrokenPageException($"holds no {collection}");

        return count;
    }

    private int Take(ReadOnlySpan<byte> bytes, bool isLast, ref JsonReaderState state, ref int count)
    {
        var json = new Utf8JsonReader(bytes, isLast, state);
        while (true)
        {
            var before = json;
            if (TryStep(ref json, ref count)) continue;
            state = before.CurrentState;

            return (int)before.BytesConsumed;
        }
    }

    private bool TryStep(ref Utf8JsonReader json, ref int count)
    {
        if (!json.Read()) return false;
        switch (step)
        {
            case Step.Envelope:
                if (json.TokenType is not JsonTokenType.StartObject)
                    throw new BrokenPageException("is no envelope with a collection in it");
                step = Step.Properties;
                return true;
            case Step.Properties when json.TokenType is JsonTokenType.EndObject:
                step = Step.End;
                return true;
            case Step.Properties:
                return TryProperty(ref json);
            case Step.Rows when json.TokenType is JsonTokenType.EndArray:
                step = Step.Properties;
                return true;
            case Step.Rows when json.TokenType is JsonTokenType.StartObject:
                if (!row.TryRead(ref json)) return false;
                count++;
                onRow(row.Cells);
                return true;
            default:
                throw new BrokenPageException("holds something else than records");
        }
    }

    private bool TryProperty(ref Utf8JsonReader json)
    {
        var isOurs = !found && json.ValueTextEquals(name);
        if (!json.Read()) return false;
        if (!isOurs) return json.TrySkip();
        if (json.TokenType is not JsonTokenType.StartArray)
            throw new BrokenPageException($"holds no list of {collection}");
        (found, step) = (true, Step.Rows);

        return true;
    }

    private void Grow()
    {
        if (buffer.Length > 4 * (long)maxRowBytes)
            throw new BrokenPageException($"holds a record of more than {maxRowBytes} bytes");
        Array.Resize(ref buffer, 2 * buffer.Length);
    }
}
