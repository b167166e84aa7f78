using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Why an input value does not fit its type.</summary>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="Path">Input field names and list indexes from the value to the fault; empty for the value.</param>
/// <param name="Location">Where the fault stands, when the value is a literal.</param>
public sealed record InputError(string Message, IReadOnlyList<object> Path, Location Location = default);

/// <summary>The way from a value to one of its parts; becomes a list only when somebody must be told.</summary>
internal sealed record InputPath(InputPath? Parent, object Key)
{
    public static IReadOnlyList<object> ToList(InputPath? path)
    {
        var keys = new List<object>();
        for (; path is not null; path = path.Parent) keys.Add(path.Key);
        keys.Reverse();
        return keys;
    }
}
