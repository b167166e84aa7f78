using System.Buffers;

namespace K12Hub.GraphQL.Execution;

/// <summary>
/// Where the parts of a response lie in its arena. Values that are there at once are written in place; a value that
/// comes later leaves a splice, is written at the arena's end when it arrives, and is put in its place only when the
/// response is sent. A null that arrives too late to be written becomes a patch over the bytes it replaces.
/// </summary>
/// <remarks>
/// A <em>segment</em> is what is written without interruption: the root, or the value of one splice. A
/// <em>position</em> is a place that may be null and has something late inside; positions know the position around
/// them, so that nulling one discards all that is still to come below it.
/// </remarks>
internal sealed class ResponseLayout(int maxBytes) : IResponseData
{
    private const int Root = -1;

    private readonly PooledList<Mark> marks = new();
    private readonly PooledList<Splice> splices = new();
    private readonly PooledList<Position> positions = new();
    private JsonArena arena = new(maxBytes);
    private Segment root;
    private int basePosition = Root;
    private bool dataIsNull;

    /// <summary>The buffer to write into.</summary>
    public ref JsonArena Arena => ref arena;

    /// <summary>True when <c>data</c> as a whole is null.</summary>
    public bool DataIsNull => dataIsNull;

    /// <summary>Starts a value that may be replaced by null as long as it is being written.</summary>
    public void EnterNullable() => marks.Add(new Mark(arena.Length, splices.Count));

    /// <summary>Replaces what was written since the innermost <see cref="EnterNullable"/> by null.</summary>
    public void NullEntered()
    {
        ref var mark = ref marks.Last();
        arena.TruncateTo(mark.Offset);
        arena.WriteNull();
        for (var i = mark.Splices; i < splices.Count; i++) splices[i].IsDiscarded = true;
        if (mark.Position != Mark.Unknown) positions[mark.Position].State = PositionState.Discarded;
    }

    /// <summary>Ends the innermost nullable value.</summary>
    public void LeaveNullable()
    {
        ref var mark = ref marks.Last();
        if (mark.Position != Mark.Unknown) positions[mark.Position].End = arena.Length;
        marks.RemoveLast();
    }

    /// <summary>Leaves a gap here for a value that comes later.</summary>
    /// <returns>The splice's number.</returns>
    public int AddSplice()
    {
        splices.Add(new Splice { At = arena.Length, Position = PositionOf(marks.Count - 1) });
        return splices.Count - 1;
    }

    /// <summary>Starts writing the root.</summary>
    public void BeginRoot() => root = Begin(Root);

    /// <summary>Ends writing the root.</summary>
    public void EndRoot() => End(ref root);

    /// <summary>Starts writing the value of a splice. False when nobody waits for it any more.</summary>
    public bool TryBeginSplice(int number)
    {
        ref var splice = ref splices[number];
        if (IsDiscarded(splice.Position)) return false;
        splice.Value = Begin(splice.Position);
        return true;
    }

    /// <summary>Ends writing the value of a splice.</summary>
    /// <param name="number">The splice.</param>
    /// <param name="failed">True when there is no value and the nearest position that may be null becomes null.</param>
    public void EndSplice(int number, bool failed)
    {
        End(ref splices[number].Value);
        if (failed) NullPosition(splices[number].Position);
    }

    /// <summary>Makes <c>data</c> null.</summary>
    public void NullData() => dataIsNull = true;

    public void WriteTo(IBufferWriter<byte> output)
    {
        if (dataIsNull) output.Write("null"u8);
        else Write(output, root);
    }

    public void Release() => Reset();

    public void Reset()
    {
        arena.Reset();
        marks.Clear();
        splices.Clear();
        positions.Clear();
        root = default;
        basePosition = Root;
        dataIsNull = false;
    }

    private Segment Begin(int position)
    {
        basePosition = position;
        return new Segment
        {
            Start = arena.Length,
            FirstSplice = splices.Count,
            FirstPosition = positions.Count,
        };
    }

    private void End(ref Segment segment)
    {
        segment.End = arena.Length;
        segment.EndSplice = splices.Count;
        segment.EndPosition = positions.Count;
        marks.Clear();
    }

    // Outermost first, so that the positions of a segment are in the order of their starts.
    private int PositionOf(int depth)
    {
        if (depth < 0) return basePosition;
        if (marks[depth].Position != Mark.Unknown) return marks[depth].Position;

        var around = PositionOf(depth - 1);
        positions.Add(new Position { Around = around, Start = marks[depth].Offset });
        return marks[depth].Position = positions.Count - 1;
    }

    private bool IsDiscarded(int position)
    {
        for (; position != Root; position = positions[position].Around)
        {
            if (positions[position].State != PositionState.Live) return true;
        }

        return dataIsNull;
    }

    private void NullPosition(int position)
    {
        if (position == Root) dataIsNull = true;
        else positions[position].State = PositionState.Patched;
    }

    private void Write(IBufferWriter<byte> output, Segment segment)
    {
        var written = arena.Written;
        var at = segment.Start;
        var splice = NextSplice(segment.FirstSplice, segment);
        var patch = NextPatch(segment.FirstPosition, segment);
        while (splice < segment.EndSplice || patch < segment.EndPosition)
        {
            var patchStart = patch < segment.EndPosition ? positions[patch].Start : int.MaxValue;
            if (splice < segment.EndSplice && splices[splice].At < patchStart)
            {
                output.Write(written[at..splices[splice].At]);
                at = splices[splice].At;
                Write(output, splices[splice].Value);
                splice = NextSplice(splice + 1, segment);
                continue;
            }

            output.Write(written[at..patchStart]);
            output.Write("null"u8);
            at = positions[patch].End;
            while (splice < segment.EndSplice && splices[splice].At < at) splice = NextSplice(splice + 1, segment);
            do patch = NextPatch(patch + 1, segment);
            while (patch < segment.EndPosition && positions[patch].Start < at);
        }

        output.Write(written[at..segment.End]);
    }

    private int NextSplice(int number, in Segment segment)
    {
        while (number < segment.EndSplice && splices[number].IsDiscarded) number++;
        return number;
    }

    private int NextPatch(int number, in Segment segment)
    {
        while (number < segment.EndPosition && positions[number].State != PositionState.Patched) number++;
        return number;
    }

    private struct Mark(int offset, int splices)
    {
        public const int Unknown = -1;

        public readonly int Offset = offset;
        public readonly int Splices = splices;
        public int Position = Unknown;
    }

    private struct Segment
    {
        public int Start;
        public int End;
        public int FirstSplice;
        public int EndSplice;
        public int FirstPosition;
        public int EndPosition;
    }

    private struct Splice
    {
        public int At;
        public int Position;
        public Segment Value;
        public bool IsDiscarded;
    }

    private struct Position
    {
        public int Around;
        public int Start;
        public int End;
        public PositionState State;
    }

    private enum PositionState : byte
    {
        /// <summary>What was written stands.</summary>
        Live,

        /// <summary>The bytes are to be replaced by null when sent.</summary>
        Patched,

        /// <summary>Null was written already; what still comes is dropped.</summary>
        Discarded,
    }
}
