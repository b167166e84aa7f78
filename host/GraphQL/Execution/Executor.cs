using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Execution;

/// <summary>
/// Executes selection sets and fields ("Executing Selection Sets", "Executing Fields"), depth first, writing as it
/// goes. Methods that write a value answer false when it failed and must not be null here: then the caller's value
/// fails, too, up to the nearest one that may be null.
/// </summary>
internal sealed partial class Executor(RequestExecutor owner, Pump pump, ResponseLayout layout, FieldErrors errors)
{
    private readonly Dictionary<Selection, ArgumentValues> coercedArguments = [];
    private RequestState request = null!;
    private IReadOnlyDictionary<string, object?> variables = VariableCoercer.None;
    private int itemsUntilLook;

    public PathStack Path { get; } = new();

    public Pump Pump { get; } = pump;

    /// <summary>Fields whose value has not arrived.</summary>
    public int Outstanding { get; private set; }

    public void Begin(RequestState state, IReadOnlyDictionary<string, object?> values)
    {
        request = state;
        variables = values;
        itemsUntilLook = ItemsBetweenLooks;
    }

    public void Reset()
    {
        request = null!;
        variables = VariableCoercer.None;
        coercedArguments.Clear();
        Path.Clear();
        Outstanding = 0;
    }

    /// <summary>What the source of a subscription may know.</summary>
    public ResolverContext ContextOfSource(
        RequestState state, Selection selection, IReadOnlyDictionary<string, object?> values)
    {
        Begin(state, values);
        Path.Push(selection.ResponseName);
        return Context(selection, state.Request.RootValue ?? OperationRun.NoRoot);
    }

    /// <summary>Writes an object.</summary>
    public bool WriteObject(SelectionSet set, object value)
    {
        var selections = set.Selections;
        if (set.Mark is { } mark) request.AnswerLog.Wrote(mark, value);
        layout.Arena.WriteByte((byte)'{');
        for (var i = 0; i < selections.Length; i++)
        {
            var name = selections[i].NameBytes;
            layout.Arena.WriteRaw(i == 0 ? name.AsSpan(1) : name);
            if (!ExecuteField(selections[i], value)) return false;
        }

        layout.Arena.WriteByte((byte)'}');
        return true;
    }

    /// <summary>Executes one field and writes its value.</summary>
    public bool ExecuteField(Selection selection, object parent)
    {
        if (selection.Resolver is LeafResolver leaf && selection.Policy is null)
        {
            return WriteLeaf(selection, leaf, parent);
        }

        Path.Push(selection.ResponseName);
        var written = selection.Policy is null ? Resolve(selection, parent) : Authorize(selection, parent);
        Path.Pop();
        return written;
    }

    /// <summary>Goes on with a field whose value has arrived.</summary>
    public void Arrived(ResolverContext context)
    {
        Outstanding--;
        if (!layout.TryBeginSplice(context.Splice)) return;

        Path.Restore(context.SavedPath);
        var selection = context.Selection;
        bool written;
        try
        {
            var value = context.Value();
            written = Complete(selection, selection.Value, value);
        }
        catch (Exception thrown) when (IsOfTheField(thrown))
        {
            written = Fail(selection, selection.Value, thrown);
        }

        layout.EndSplice(context.Splice, failed: !written);
    }

    /// <summary>Goes on with a field whose policy has been decided.</summary>
    public void Decided(AuthorizationWait wait)
    {
        Outstanding--;
        if (!layout.TryBeginSplice(wait.Splice)) return;

        Path.Restore(wait.Path);
        var written = Authorize(wait.Selection, wait.Parent);
        layout.EndSplice(wait.Splice, failed: !written);
    }

    private bool Authorize(Selection selection, object parent)
    {
        var decision = request.Authorizer.DecideAsync(selection.Field);
        if (!decision.IsCompleted)
        {
            Outstanding++;
            new AuthorizationWait(this, selection, parent, layout.AddSplice(), decision).Start();
            return true;
        }

        if (!decision.IsCompletedSuccessfully)
        {
            return Fail(selection, selection.Value, decision.Exception?.InnerException ?? new TaskCanceledException());
        }

        return decision.Result
            ? Resolve(selection, parent)
            : Fail(selection, selection.Value, request.Authorizer.Refusal());
    }

    private bool Resolve(Selection selection, object parent)
    {
        object? value;
        try
        {
            switch (selection.Resolver)
            {
                case LeafResolver leaf:
                    return WriteLeafOnPath(selection, leaf, parent);
                case PureResolver pure:
                    value = pure.Get(parent);
                    break;
                case SyncResolver sync:
                    value = sync.Resolve(Context(selection, parent));
                    break;
                case TaskResolver loading:
                    var context = Context(selection, parent);
                    var task = loading.Start(context);
                    if (!task.IsCompleted) return Wait(context, task);
                    value = loading.Result(task);
                    break;
                case AsyncResolver later:
                    context = Context(selection, parent);
                    var some = later.Resolve(context);
                    if (!some.IsCompleted) return Wait(context, some);
                    value = some.GetAwaiter().GetResult();
                    break;
                default:
                    throw new InvalidOperationException($"{selection.Resolver} is not a known kind of resolver.");
            }
        }
        catch (Exception thrown) when (IsOfTheField(thrown))
        {
            return Fail(selection, selection.Value, thrown);
        }

        return Complete(selection, selection.Value, value);
    }

    private bool WriteLeafOnPath(Selection selection, LeafResolver leaf, object parent)
    {
        Path.Pop();
        var written = WriteLeaf(selection, leaf, parent);
        Path.Push(selection.ResponseName);
        return written;
    }

    private ResolverContext Context(Selection selection, object parent)
    {
        var arguments = selection.Arguments.Constant;
        if (arguments is null && !coercedArguments.TryGetValue(selection, out arguments))
        {
            arguments = selection.Arguments.Coerce(variables);
            coercedArguments.Add(selection, arguments);
        }

        return new ResolverContext(this, request, selection, parent, arguments);
    }

    private bool Wait(ResolverContext context, ValueTask<object?> task)
    {
        Outstanding++;
        context.Await(layout.AddSplice(), task);
        return true;
    }

    private bool Wait(ResolverContext context, Task task)
    {
        Outstanding++;
        context.Await(layout.AddSplice(), task);
        return true;
    }

    private bool WriteLeaf(Selection selection, LeafResolver leaf, object parent)
    {
        var start = layout.Arena.Length;
        Exception? failure = null;
        try
        {
            leaf.Write(parent, ref layout.Arena);
            if (!selection.Value.NonNull || !layout.Arena.IsNullSince(start)) return true;
        }
        catch (Exception thrown) when (IsOfTheField(thrown))
        {
            failure = thrown;
        }

        layout.Arena.TruncateTo(start);
        Path.Push(selection.ResponseName);
        var written = failure is null
            ? Fail(selection, selection.Value, ResultErrors.Null(selection.Field))
            : Fail(selection, selection.Value, failure);
        Path.Pop();
        return written;
    }

    private bool Fail(Selection selection, ValuePlan plan, GraphQLError error)
    {
        errors.Add(selection, Path.ToArray(), error);
        if (plan.NonNull) return false;
        layout.Arena.WriteNull();
        return true;
    }

    private bool Fail(Selection selection, ValuePlan plan, Exception thrown)
    {
        errors.Add(selection, Path.ToArray(), thrown);
        if (plan.NonNull) return false;
        layout.Arena.WriteNull();
        return true;
    }

    // What ends the whole request is not an error of one field.
    private bool IsOfTheField(Exception thrown) =>
        thrown is not (ResponseTooLargeException or RequestOverException)
        && !(thrown is OperationCanceledException && request.IsOver);
}
