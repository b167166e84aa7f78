namespace K12Hub.Hosting;

/// <summary>What something is about, for the question who may: its schools, its topic, its people. What says nothing is
/// for those only who reach the whole district.</summary>
public sealed record Subject
{
    /// <summary>Something of the whole district: nobody with less reach may.</summary>
    public static readonly Subject OfDistrict = new();

    /// <summary>The schools it belongs to; to reach one is enough.</summary>
    public IReadOnlyList<Guid> Schools { get; init; } = [];

    /// <summary>The topic it belongs to.</summary>
    public Guid? Topic { get; init; }

    /// <summary>The people it is about; all have to be one's own.</summary>
    public IReadOnlyList<Guid> People { get; init; } = [];

    /// <summary>Its id, if it is private: seen by the team of its topic only, whatever role others have.</summary>
    public Guid? PrivateId { get; init; }
}

/// <summary>Something, or a command, that knows what it is about. A command whose state and which itself do not is for
/// those only who reach the whole district.</summary>
public interface IHasSubject
{
    /// <summary>What it is about.</summary>
    Subject Subject { get; }
}
