using System.Collections;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Execution;

/// <content>"Value Completion": what a resolver gave becomes JSON, item by item and object by object.</content>
internal sealed partial class Executor
{
    private const int ItemsBetweenLooks = 64;

    private bool Complete(Selection selection, ValuePlan plan, object? value)
    {
        if (value is null)
        {
            if (plan.NonNull) return Fail(selection, plan, ResultErrors.Null(selection.Field));
            layout.Arena.WriteNull();
            return true;
        }

        if (value is Exception thrown) return Fail(selection, plan, thrown);
        if (plan.Kind is ValueKind.Scalar or ValueKind.Enum) return CompleteLeaf(selection, plan, value);
        if (plan.NonNull) return CompleteBranch(selection, plan, value);

        layout.EnterNullable();
        if (!CompleteBranch(selection, plan, value)) layout.NullEntered();
        layout.LeaveNullable();
        return true;
    }

    private bool CompleteBranch(Selection selection, ValuePlan plan, object value)
    {
        switch (plan.Kind)
        {
            case ValueKind.Composite:
                return WriteObject(selection, plan.Object!, value);
            case ValueKind.List:
                return WriteList(selection, plan, value);
            default:
                var set = SetOf(selection, plan.Abstract!, value);
                return set is not null && WriteObject(selection, set, value);
        }
    }

    // Nothing may be thrown from here: what is half written around this value would stay.
    private SelectionSet? SetOf(Selection selection, AbstractSelection selected, object value)
    {
        try
        {
            var type = owner.RuntimeTypes.Resolve(selected.Type, value, out var error);
            if (type is not null) return selected.For(type);
            errors.Add(selection, Path.ToArray(), ResultErrors.Value(error!));
        }
        catch (GraphQLException tooMuch)
        {
            errors.Add(selection, Path.ToArray(), tooMuch);
        }

        return null;
    }

    private bool WriteObject(Selection selection, SelectionSet set, object value)
    {
        if (set.Failure is null) return WriteObject(set, value);
        errors.Add(selection, Path.ToArray(), set.Failure);
        return false;
    }

    private bool CompleteLeaf(Selection selection, ValuePlan plan, object value)
    {
        var start = layout.Arena.Length;
        try
        {
            var error = plan.Type is EnumType enumType ? WriteEnum(enumType, value) : WriteScalar(plan.Type, value);
            return error is null || Fail(selection, plan, error);
        }
        catch (Exception thrown) when (IsOfTheField(thrown))
        {
            layout.Arena.TruncateTo(start);
            return Fail(selection, plan, thrown);
        }
    }

    private GraphQLError? WriteEnum(EnumType type, object value)
    {
        var name = type.NameOf(value);
        if (name is null) return ResultErrors.NoValueOf(type);
        layout.Arena.WriteString(name);
        return null;
    }

    private GraphQLError? WriteScalar(IType type, object value)
    {
        var result = ((ScalarType)type).CoerceResult(value);
        if (result.Error is not null) return ResultErrors.Value(result.Error);
        LeafValues.Write(result.Value, ref layout.Arena);
        return null;
    }

    private bool WriteList(Selection selection, ValuePlan plan, object value)
    {
        try
        {
            switch (value)
            {
                // Arrays of any reference type are arrays of objects.
                case object?[] items:
                    return WriteItems(selection, plan.Item!, items);
                case IReadOnlyList<object?> items:
                    return WriteItems(selection, plan.Item!, items);
                case IEnumerable items and not (string or IDictionary):
                    return WriteItems(selection, plan.Item!, items);
            }
        }
        catch (Exception thrown) when (IsOfTheField(thrown))
        {
            errors.Add(selection, Path.ToArray(), thrown);
            return false;
        }

        errors.Add(selection, Path.ToArray(), ResultErrors.NoList(selection.Field));
        return false;
    }

    private bool WriteItems(Selection selection, ValuePlan plan, object?[] items)
    {
        layout.Arena.WriteByte((byte)'[');
        for (var i = 0; i < items.Length; i++)
        {
            if (!WriteItem(selection, plan, items[i], i)) return false;
        }

        layout.Arena.WriteByte((byte)']');
        return true;
    }

    private bool WriteItems(Selection selection, ValuePlan plan, IReadOnlyList<object?> items)
    {
        var count = items.Count;
        layout.Arena.WriteByte((byte)'[');
        for (var i = 0; i < count; i++)
        {
            if (!WriteItem(selection, plan, items[i], i)) return false;
        }

        layout.Arena.WriteByte((byte)']');
        return true;
    }

    private bool WriteItems(Selection selection, ValuePlan plan, IEnumerable items)
    {
        var index = 0;
        layout.Arena.WriteByte((byte)'[');
        foreach (var item in items)
        {
            if (!WriteItem(selection, plan, item, index++)) return false;
        }

        layout.Arena.WriteByte((byte)']');
        return true;
    }

    private bool WriteItem(Selection selection, ValuePlan plan, object? item, int index)
    {
        if (--itemsUntilLook == 0)
        {
            itemsUntilLook = ItemsBetweenLooks;
            request.ThrowIfOver();
        }

        if (index > 0) layout.Arena.WriteByte((byte)',');
        Path.Push(index);
        var written = Complete(selection, plan, item);
        Path.Pop();
        return written;
    }
}
