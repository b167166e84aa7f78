using System.Buffers;
using System.Text.Json;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Execution;

/// <summary>Writes <c>"extensions":{"operationCost":…}</c>, for callers who asked for the price.</summary>
internal static class CostWriter
{
    public static void Write(IBufferWriter<byte> output, OperationCost cost)
    {
        output.Write("\"extensions\":"u8);
        using var json = new Utf8JsonWriter(output);
        json.WriteStartObject();
        json.WriteStartObject("operationCost"u8);
        json.WriteNumber("fieldCost"u8, Finite(cost.FieldCost));
        json.WriteNumber("typeCost"u8, Finite(cost.TypeCost));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // JSON has no infinity.
    private static double Finite(double value) => Math.Min(value, double.MaxValue);
}
