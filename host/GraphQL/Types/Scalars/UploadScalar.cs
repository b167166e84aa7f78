using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>A file that comes beside the variables of a request; in the CLR an <see cref="IFile"/>.</summary>
internal sealed class UploadScalar : ScalarType
{
    private static readonly CoercionResult NotAFile = CoercionResult.Fail(
        "Upload must be null in \"operations\" and mapped to a part of the multipart request.");

    public UploadScalar() : base("Upload")
    {
        Description = "A file, given by a variable and sent as a part of a multipart request.";
        SpecifiedBy = "https://github.com/jaydenseric/graphql-multipart-request-spec";
    }

    /// <summary>The file a variable stands for.</summary>
    /// <param name="value">The key the transport put in its place.</param>
    /// <param name="files">The files by these keys; null when none came.</param>
    public static CoercionResult Coerce(JsonElement value, IReadOnlyDictionary<string, IFile>? files) =>
        files is not null && value.ValueKind is JsonValueKind.String
        && files.TryGetValue(value.GetString()!, out var file) ? CoercionResult.Ok(file) : NotAFile;

    public override CoercionResult CoerceInput(JsonElement value) => NotAFile;

    public override CoercionResult CoerceLiteral(ValueNode literal) =>
        CoercionResult.Fail("Upload can be given by a variable only.");

    public override CoercionResult CoerceResult(object value) => CoercionResult.Fail("Upload is for input only.");
}
