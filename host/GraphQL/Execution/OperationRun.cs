using System.Buffers;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Execution;

/// <summary>One execution of one operation, from its root fields to its result. Used again for later requests once
/// nothing of this one can come back.</summary>
internal sealed class OperationRun : IResponseData
{
    /// <summary>The parent of root fields where the request names none.</summary>
    public static readonly object NoRoot = new Dictionary<string, object?>();

    private readonly RequestExecutor owner;
    private readonly Pump pump = new();
    private readonly ResponseLayout layout;
    private readonly FieldErrors errors;
    private readonly Executor executor;
    private readonly Step firstStep;
    private readonly Step mutationStep;
    private readonly Step cancellationStep;
    private RequestState state = null!;
    private Plan plan = null!;
    private int nextMutation;
    private (RequestErrorKind Kind, GraphQLError Error)? failure;
    private TaskCompletionSource<ExecutionResult>? completion;
    private CancellationTokenRegistration cancellation;

    public OperationRun(RequestExecutor owner)
    {
        this.owner = owner;
        layout = new ResponseLayout(owner.Options.MaxResponseBytes);
        errors = new FieldErrors(owner.Options);
        executor = new Executor(owner, pump, layout, errors);
        firstStep = new Step(WriteRoot);
        mutationStep = new Step(RunNextMutation);
        cancellationStep = new Step(() => failure ??= (RequestErrorKind.Canceled, Over()));
        pump.Quiet = IsDone;
        pump.Ended = () => completion!.SetResult(Result());
        pump.Crashed = thrown => failure ??= FailureOf(thrown);
    }

    /// <summary>Starts on the calling thread, and ends there when no field has to be waited for.</summary>
    public ValueTask<ExecutionResult> ExecuteAsync(
        Plan compiled,
        GraphQLRequest request,
        IReadOnlyDictionary<string, object?> variables,
        CancellationToken cancellationToken)
    {
        plan = compiled;
        state = RequestState.Begin(owner, request, pump, cancellationToken);
        executor.Begin(state, variables);
        pump.Post(firstStep);
        return pump.RunUntilQuiet() ? new(Result()) : new(completion!.Task);
    }

    void IResponseData.WriteTo(IBufferWriter<byte> output) => layout.WriteTo(output);

    void IResponseData.Release() => Recycle();

    private object Root => state.Request.RootValue ?? NoRoot;

    private void WriteRoot()
    {
        nextMutation = int.MaxValue;
        layout.BeginRoot();
        if (plan.Root.Failure is { } failed)
        {
            errors.AddAtRoot(failed);
            layout.NullData();
        }
        else if (plan.Operation is OperationType.Mutation) LayOutMutations();
        else if (!executor.WriteObject(plan.Root, Root)) layout.NullData();
        layout.EndRoot();
    }

    // Mutations run one after the other, each to its end (specification 6.2.2); every one fills a gap left here.
    private void LayOutMutations()
    {
        var fields = plan.Root.Selections;
        layout.Arena.WriteByte((byte)'{');
        for (var i = 0; i < fields.Length; i++)
        {
            layout.Arena.WriteRaw(fields[i].NameBytes.AsSpan(i == 0 ? 1 : 0));
            layout.AddSplice();
        }

        layout.Arena.WriteByte((byte)'}');
        nextMutation = 0;
    }

    private void RunNextMutation()
    {
        var number = nextMutation++;
        if (!layout.TryBeginSplice(number)) return;
        if (number > 0) state.RenewLoaders();
        executor.Path.Restore(default);
        var written = executor.ExecuteField(plan.Root.Selections[number], Root);
        layout.EndSplice(number, failed: !written);
    }

    // Asked by the pump when nothing is left to run.
    private bool IsDone()
    {
        if (failure is not null) return true;
        if (executor.Outstanding == 0)
        {
            if (nextMutation >= plan.Root.Selections.Length) return true;
            pump.Post(mutationStep);
            return false;
        }

        if (completion is null) PrepareToWait();
        return false;
    }

    private void PrepareToWait()
    {
        completion = new TaskCompletionSource<ExecutionResult>();
        cancellation = state.Aborted.UnsafeRegister(
            static run => ((OperationRun)run!).pump.Post(((OperationRun)run).cancellationStep), this);
    }

    private (RequestErrorKind Kind, GraphQLError Error) FailureOf(Exception thrown) => thrown switch
    {
        ResponseTooLargeException large => (RequestErrorKind.TooLarge, large.ToError(executor.Path.ToArray())),
        RequestOverException or OperationCanceledException => (RequestErrorKind.Canceled, Over()),
        _ => (RequestErrorKind.Internal, errors.OfRequest(thrown)),
    };

    private GraphQLError Over() => state.CallerIsGone
        ? new GraphQLError("The request was canceled.") { Code = "CANCELED" }
        : RequestOverException.Late(
            "The request took longer than", owner.Options.ExecutionTimeout, state.Taken);

    private ExecutionResult Result()
    {
        // Waits for a callback that is just running, so that no notice reaches a later request.
        cancellation.Dispose();
        if (failure is null) return new ExecutionResult(errors.Take(), this);

        var result = ExecutionResult.Failed(failure.Value.Kind, failure.Value.Error);
        Recycle();
        return result;
    }

    private void Recycle()
    {
        if (executor.Outstanding > 0 || state.IsLoading)
        {
            state.Abandon();
            return;
        }

        state.Dispose();
        errors.Take();
        layout.Reset();
        executor.Reset();
        pump.Reset();
        state = null!;
        plan = null!;
        failure = null;
        completion = null;
        cancellation = default;
        owner.Return(this);
    }

    private sealed class Step(Action run) : IPumpItem
    {
        public IPumpItem? Next { get; set; }

        public void Run() => run();
    }
}
