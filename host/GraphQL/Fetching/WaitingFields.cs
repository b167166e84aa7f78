using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Fetching;

/// <summary>The fields that wait for one key and for nothing else. They hang on the loader's promise itself, which
/// costs a fraction of what the continuation of a task does: no delegate, and nothing is posted.</summary>
/// <remarks>The state of the promise's task. Fields are added, and told, on the pump.</remarks>
internal sealed class WaitingFields
{
    private IPumpItem? first;
    private IPumpItem? last;

    public void Add(IPumpItem field)
    {
        if (last is null) first = field;
        else last.Next = field;
        last = field;
    }

    /// <summary>Goes on with each, in the order they came.</summary>
    public void Run()
    {
        var field = first;
        first = last = null;
        while (field is not null)
        {
            var next = field.Next;
            field.Next = null;
            field.Run();
            field = next;
        }
    }
}
