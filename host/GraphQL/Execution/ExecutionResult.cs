using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Execution;

/// <summary>The answer to one request: errors, data, or both. Holds pooled memory until disposed.</summary>
public sealed class ExecutionResult : IDisposable
{
    private readonly bool isPriceAlone;
    private IResponseData? data;

    internal ExecutionResult(IReadOnlyList<GraphQLError> errors, IResponseData data)
    {
        Errors = errors;
        this.data = data;
    }

    internal ExecutionResult(RequestErrorKind kind, IReadOnlyList<GraphQLError> errors)
    {
        Failure = kind;
        Errors = errors;
    }

    /// <summary>Why nothing was executed; null when the response has <c>data</c>, which may still be null.</summary>
    public RequestErrorKind? Failure { get; }

    /// <summary>True when it answers an event of a subscription: others may follow, whatever came of this
    /// one.</summary>
    public bool IsOfEvent { get; internal set; }

    /// <summary>Errors of the request, or of fields.</summary>
    public IReadOnlyList<GraphQLError> Errors { get; }

    internal ExecutionResult(OperationCost cost)
    {
        Errors = [];
        Cost = cost;
        isPriceAlone = true;
    }

    /// <summary>The price, when the caller asked for it; written as <c>extensions.operationCost</c>.</summary>
    public OperationCost? Cost { get; internal set; }

    /// <summary>A result for a request that did not get as far as being executed.</summary>
    public static ExecutionResult Failed(RequestErrorKind kind, params IReadOnlyList<GraphQLError> errors) =>
        new(kind, errors);

    /// <summary>Writes the whole response map as JSON: <c>errors</c> first and only if there are any.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        output.Write("{"u8);
        if (Errors.Count > 0) ErrorWriter.Write(output, Errors);
        var hasData = Failure is null && !isPriceAlone;
        if (hasData)
        {
            output.Write(Errors.Count > 0 ? ",\"data\":"u8 : "\"data\":"u8);
            ObjectDisposedException.ThrowIf(data is null, this);
            data.WriteTo(output);
        }

        if (Cost is { } cost)
        {
            if (hasData || Errors.Count > 0) output.Write(","u8);
            CostWriter.Write(output, cost);
        }

        output.Write("}"u8);
    }

    /// <summary>Writes the list of errors alone, for transports that have a place of its own for it.</summary>
    public void WriteErrorsTo(IBufferWriter<byte> output) => ErrorWriter.WriteList(output, Errors);

    /// <summary>Writes the response and sends it off.</summary>
    public async ValueTask WriteToAsync(PipeWriter output, CancellationToken cancellationToken = default)
    {
        WriteTo(output);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the response to a stream.</summary>
    public async ValueTask WriteToAsync(Stream output, CancellationToken cancellationToken = default)
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        await output.WriteAsync(buffer.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The response as text, for tests and tools.</summary>
    public string ToJson()
    {
        var buffer = new ArrayBufferWriter<byte>();
        WriteTo(buffer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Gives the memory back; the result cannot be written any more.</summary>
    public void Dispose() => Interlocked.Exchange(ref data, null)?.Release();
}
