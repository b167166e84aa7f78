namespace K12Hub.Hosting;

/// <summary>The one answer to whether somebody may do something with something. For lists the same answer is a
/// condition of the query, see <see cref="RowAccess{TRow}"/>.</summary>
public static class Policy
{
    /// <summary>Whether a viewer may use a permission on an object.</summary>
    /// <param name="viewer">Who asks.</param>
    /// <param name="permission">What for.</param>
    /// <param name="subject">What the object is about.</param>
    public static bool May(Viewer viewer, string permission, Subject subject)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(subject);
        var reach = viewer.ReachOf(permission);
        var reaches = reach.IsDistrict
            || subject.Schools.Any(reach.Schools.Contains)
            || (subject.Topic is { } topic && reach.Topics.Contains(topic))
            || (subject.People.Count > 0 && subject.People.All(reach.People.Contains));
        return reaches && (subject.PrivateId is not { } id || IsInside(viewer, reach, subject.Topic, id));
    }

    private static bool IsInside(Viewer viewer, Reach reach, Guid? topic, Guid id) =>
        (topic is { } own && reach.Topics.Contains(own)) || viewer.Opened.Contains(id);
}
