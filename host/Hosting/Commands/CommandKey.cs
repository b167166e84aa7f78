using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace K12Hub.Hosting;

/// <summary>What makes a repeated command the same one: the viewer's key, and what was asked for.</summary>
/// <remarks>Stored with the events is no more than a number made of the command, its stream and the version after it;
/// the answer to a repetition is folded again from the stream.</remarks>
internal sealed class CommandKey
{
    private readonly long fingerprint;

    private CommandKey(Guid commandId, Guid newId, long fingerprint) =>
        (CommandId, NewId, this.fingerprint) = (commandId, newId, fingerprint);

    /// <summary>The id that is carried out once.</summary>
    public Guid CommandId { get; }

    /// <summary>The id of a stream the command starts: the same for each repetition, so that two at once are
    /// one.</summary>
    public Guid NewId { get; }

    public static CommandKey Of<TCommand>(Viewer viewer, string name, string key, TCommand command)
    {
        var whose = $"{viewer.Id}\n{name}\n{key}";
        var content = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(command));
        return new CommandKey(
            IdOf($"command\n{whose}"), IdOf($"stream\n{whose}"), BinaryPrimitives.ReadInt64LittleEndian(content));
    }

    /// <summary>What is stored with the command.</summary>
    public string Result(Guid stream, int version) =>
        JsonSerializer.Serialize(new Stored(stream, version, fingerprint), JsonSerializerOptions.Web);

    /// <summary>Whether what was stored is of the same command.</summary>
    public bool IsSameCommand(string? resultJson, out Guid stream, out int version)
    {
        var stored = resultJson is null
            ? null
            : JsonSerializer.Deserialize<Stored>(resultJson, JsonSerializerOptions.Web);
        (stream, version) = (stored?.Stream ?? default, stored?.Version ?? 0);
        return stored?.Fingerprint == fingerprint;
    }

    // 122 bits of a hash, in the form that RFC 9562 leaves to applications (version 8).
    private static Guid IdOf(string text)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private sealed record Stored(Guid Stream, int Version, long Fingerprint);
}
