using System.Buffers;

namespace K12Hub.GraphQL.Execution;

/// <summary>What stands under <c>data</c>, ready to be sent.</summary>
internal interface IResponseData
{
    void WriteTo(IBufferWriter<byte> output);

    /// <summary>Gives its memory back.</summary>
    void Release();
}
