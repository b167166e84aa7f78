using K12Hub.GraphQL.Conventions;

namespace K12Hub.Roster;

/// <summary>Why something about supplementary files cannot be done.</summary>
/// <param name="Code">A stable word for programs.</param>
/// <param name="Message">A sentence with a way out.</param>
internal sealed record SupplementRefusal(string Code, string Message)
{
    public static readonly SupplementRefusal NoSource = new(
        "supplement.source",
        "A source is named with 1 to 40 letters, digits, - and _, as the one whose people are meant.");

    public static readonly SupplementRefusal NoFile = new(
        "supplement.no_file", "Send either a file or its content.");

    public static readonly SupplementRefusal MappedMeanwhile = new(
        "supplement.mapped_meanwhile", "Somebody else mapped the columns at the same moment. Look at them again.");

    public static readonly SupplementRefusal TooMuch = new(
        "supplement.mapping_size", "A mapping has at most 100 columns and 500 words, and each column a name.");

    public static SupplementRefusal NoField(string field, IReadOnlyList<string> fields) => new(
        "supplement.field", $"There is no field '{field}'. There are {string.Join(", ", fields)}.");

    public static SupplementRefusal FieldTwice(string field) => new(
        "supplement.field_twice", $"Two columns are mapped to '{field}'. Name one.");

    public MutationError Error => new(Code, Message);
}
