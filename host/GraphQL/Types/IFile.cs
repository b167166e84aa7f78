namespace K12Hub.GraphQL.Types;

/// <summary>A file that came with a request, as the value of an <c>Upload</c>. Exists as long as the request.</summary>
public interface IFile
{
    /// <summary>The name it had with the caller, without folders and without characters that deceive; never a path to
    /// write to.</summary>
    string Name { get; }

    /// <summary>Bytes.</summary>
    long? Length { get; }

    /// <summary>What the caller says it is; a claim, not a fact.</summary>
    string? ContentType { get; }

    /// <summary>Opens the content from its beginning; any number of times.</summary>
    Stream OpenReadStream();

    /// <summary>Copies the content.</summary>
    Task CopyToAsync(Stream target, CancellationToken cancellationToken = default);
}
