namespace K12Hub.EventStore;

/// <summary>Merges sorted runs into one. Of equal streams the earlier run comes first, so the order of adding
/// is kept.</summary>
internal static class SpoolMerge
{
    public static IEnumerable<SpoolRecord> Of(IReadOnlyList<IEnumerable<SpoolRecord>> runs)
    {
        var heads = new PriorityQueue<IEnumerator<SpoolRecord>, (UInt128 StreamId, int Run)>(runs.Count);
        var readers = runs.Select(run => run.GetEnumerator()).ToList();
        try
        {
            foreach (var (run, reader) in readers.Index().Where(r => r.Item.MoveNext()))
            {
                heads.Enqueue(reader, (reader.Current.StreamId, run));
            }

            while (heads.TryDequeue(out var reader, out var place))
            {
                yield return reader.Current;
                if (reader.MoveNext())
                {
                    heads.Enqueue(reader, (reader.Current.StreamId, place.Run));
                }
            }
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }
}
