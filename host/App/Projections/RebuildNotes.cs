using K12Hub.EventStore;

namespace K12Hub.App;

/// <summary>Says at a start that takes longer what it is doing: rows whose shape has changed are made anew.</summary>
internal sealed class RebuildNotes(Action<string> say) : IProgress<RebuildProgress>
{
    public void Report(RebuildProgress value)
    {
        if (value is { Step: RebuildStep.Preparing })
        {
            say($"Making the rows of {value.Projection} anew, version {value.Version} …");
        }
    }
}
