using System.Security.Cryptography;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Conformance.Sample;

/// <summary>A file that was handed in; it is not kept.</summary>
internal sealed record AttachmentRow
{
    /// <summary>The SHA-256 of its content.</summary>
    [ID]
    public string Id { get; init; } = "";

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
    public static async Task<MutationResult<AttachmentRow>> AttachAsync(
        [GraphQLDescription("The file.")] IFile file, CancellationToken ct)
    {
        if (file.Length is null or 0)
        {
            return new MutationError("attachment.empty", "The file is empty.") { Path = ["file"] };
        }

        await using var content = file.OpenReadStream();
        var digest = await SHA256.HashDataAsync(content, ct);
        return new AttachmentRow
        {
            Id = Convert.ToHexStringLower(digest),
            Name = file.Name,
            Bytes = (int)content.Position,
        };
    }
}
