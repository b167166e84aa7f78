using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http.Multipart;

/// <summary>What callers are told about uploads.</summary>
internal static class UploadRefusals
{
    public static HttpRefusal Order => Bad(
        "UPLOAD_ORDER", "Send the parts \"operations\", \"map\" and then the files, in this order.");

    public static HttpRefusal Malformed => Bad("UPLOAD_MALFORMED", "The body is not multipart/form-data.");

    public static HttpRefusal CutOff => Bad("UPLOAD_MALFORMED", "The body ends before its last part.");

    public static HttpRefusal Map => Bad(
        "UPLOAD_MAP", "Part \"map\" must be a JSON object from the name of each file's part to a list of paths.");

    public static HttpRefusal Unmapped => Bad("UPLOAD_UNMAPPED", "A file came that \"map\" does not name.");

    public static HttpRefusal Twice => Bad("UPLOAD_TWICE", "A file came twice.");

    public static HttpRefusal Missing => Bad("UPLOAD_MISSING", "A file that \"map\" names did not come.");

    public static HttpRefusal Path => Bad(
        "UPLOAD_PATH", "Each path in \"map\" must lead to a null in \"variables\", such as variables.input.files.0.");

    public static HttpRefusal TooManyFiles(int most, int count) => TooMuch(
        "UPLOAD_TOO_MANY_FILES", $"At most {most} files may come at once.", new("files", most, count));

    public static HttpRefusal TooManyPaths(int most, int count) => TooMuch(
        "UPLOAD_TOO_MANY_PATHS",
        $"Files may stand at {most} places of the variables at most.",
        new("paths", most, count));

    public static HttpRefusal FileTooLarge(long most, long bytes) => TooMuch(
        "UPLOAD_FILE_TOO_LARGE", $"A file is larger than {most} bytes.", new("fileBytes", most, bytes));

    public static HttpRefusal TooLarge(long most, long bytes) => TooMuch(
        "UPLOAD_TOO_LARGE", $"The request is larger than {most} bytes.", new("requestBytes", most, bytes));

    private static HttpRefusal TooMuch(string code, string message, PassedLimit passed) =>
        new(StatusCodes.Status413PayloadTooLarge, code, message) { Passed = passed };

    private static HttpRefusal Bad(string code, string message) =>
        new(StatusCodes.Status400BadRequest, code, message);
}
