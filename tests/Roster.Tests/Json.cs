using System.Text.Encodings.Web;
using System.Text.Json;

namespace K12Hub.Roster.Tests;

/// <summary>How JSON is written where people read it.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
