using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conformance.Sample;

/// <summary>A file that was handed in; it is not kept.</summary>
internal sealed record AttachmentRow
{
    /// <summary>What the file was called.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many bytes it has.</summary>
    public int Bytes { get; init; }
}

[ObjectType<AttachmentRow>, AllowAnonymous]
internal static partial class AttachmentNode;

[MutationType]
internal static partial class AttachmentMutations
{
    /// <summary>Takes a file, reads it to its end and forgets it.</summary>
    [AllowAnonymous]
    public static async Task<MutationResult<AttachmentRow>> AttachAsync(IFile file, CancellationToken ct)
    {
        await using var content = file.OpenReadStream();
        var bytes = 0;
        var buffer = new byte[4096];
        while (await content.ReadAsync(buffer, ct) is > 0 and var count) bytes += count;
        return bytes > 0
            ? new AttachmentRow { Name = file.Name, Bytes = bytes }
            : new MutationError("attachment.empty", "The file is empty.") { Path = ["file"] };
    }
}
