using System.Collections.Immutable;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// Compares arguments and values as written; the order of arguments and of object fields does not count.
/// </summary>
internal static class ValueComparison
{
    public static bool SameArguments(ImmutableArray<ArgumentNode> left, ImmutableArray<ArgumentNode> right)
    {
        if (left.Length != right.Length) return false;

        foreach (var argument in left)
        {
            var other = right.FirstOrDefault(candidate => candidate.Name.Value == argument.Name.Value);
            if (other is null || !Same(argument.Value, other.Value)) return false;
        }

        return true;
    }

    private static bool Same(ValueNode left, ValueNode right) => (left, right) switch
    {
        (VariableNode a, VariableNode b) => a.Name.Value == b.Name.Value,
        (IntValueNode a, IntValueNode b) => a.Value == b.Value,
        (FloatValueNode a, FloatValueNode b) => a.Value == b.Value,
        (StringValueNode a, StringValueNode b) => a.Value == b.Value,
        (BooleanValueNode a, BooleanValueNode b) => a.Value == b.Value,
        (EnumValueNode a, EnumValueNode b) => a.Value == b.Value,
        (NullValueNode, NullValueNode) => true,
        (ListValueNode a, ListValueNode b) => SameItems(a.Values, b.Values),
        (ObjectValueNode a, ObjectValueNode b) => SameFields(a.Fields, b.Fields),
        _ => false,
    };

    private static bool SameItems(ImmutableArray<ValueNode> left, ImmutableArray<ValueNode> right)
    {
        if (left.Length != right.Length) return false;

        for (var i = 0; i < left.Length; i++)
        {
            if (!Same(left[i], right[i])) return false;
        }

        return true;
    }

    private static bool SameFields(ImmutableArray<ObjectFieldNode> left, ImmutableArray<ObjectFieldNode> right)
    {
        if (left.Length != right.Length) return false;

        foreach (var field in left)
        {
            var other = right.FirstOrDefault(candidate => candidate.Name.Value == field.Name.Value);
            if (other is null || !Same(field.Value, other.Value)) return false;
        }

        return true;
    }
}
