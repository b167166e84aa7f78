using System.ComponentModel.DataAnnotations;

namespace K12Hub.GraphQL.Http;

/// <summary>What may be uploaded.</summary>
public sealed class UploadOptions
{
    /// <summary>Files in one request.</summary>
    [Range(1, 1000)]
    public int MaxFiles { get; set; } = 10;

    /// <summary>Places in the variables that files stand at; one file may stand at several.</summary>
    [Range(1, 10_000)]
    public int MaxPaths { get; set; } = 20;

    /// <summary>Bytes of one file.</summary>
    [Range(1, long.MaxValue)]
    public long MaxFileBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>Bytes of the whole request.</summary>
    [Range(1, long.MaxValue)]
    public long MaxRequestBytes { get; set; } = 40 * 1024 * 1024;

    /// <summary>Requests with files read at a time; more are answered 503 at once.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrentUploads { get; set; } = 8;

    /// <summary>Longest time a caller may take to send a request with files.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Where files lie while their request lasts.</summary>
    [Required]
    public string Folder { get; set; } = Path.GetTempPath();
}
