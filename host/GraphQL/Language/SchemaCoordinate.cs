namespace K12Hub.GraphQL.Language;

/// <summary>
/// Names one element of a schema ("Schema Coordinates"): "Type", "Type.member", "Type.field(argument:)", "@directive"
/// or "@directive(argument:)". A member is a field, an input field or an enum value; only the schema can say which.
/// </summary>
/// <param name="Name">The type's or directive's name.</param>
/// <param name="Member">The member's name; null for a type or directive itself.</param>
/// <param name="Argument">The argument's name; null when the coordinate does not name one.</param>
/// <param name="IsDirective">Whether it starts with "@".</param>
public sealed record SchemaCoordinate(string Name, string? Member, string? Argument, bool IsDirective)
{
    /// <summary>Reads a coordinate; space and comments are not allowed in one.</summary>
    /// <exception cref="SyntaxException">The text is no coordinate.</exception>
    public static SchemaCoordinate Parse(string text)
    {
        var source = new Source(text, "schema coordinate");
        var at = 0;
        var isDirective = Skip(text, ref at, '@');
        var name = ReadName(source, text, ref at);
        var member = !isDirective && Skip(text, ref at, '.') ? ReadName(source, text, ref at) : null;
        string? argument = null;
        if ((isDirective || member is not null) && Skip(text, ref at, '('))
        {
            argument = ReadName(source, text, ref at);
            if (!Skip(text, ref at, ':')) throw Fail(source, at, "Expected \":\" after the argument's name.");
            if (!Skip(text, ref at, ')')) throw Fail(source, at, "Expected \")\" after \":\".");
        }

        if (at < text.Length) throw Fail(source, at, $"Unexpected \"{text[at]}\" in a schema coordinate.");
        return new SchemaCoordinate(name, member, argument, isDirective);
    }

    /// <summary>The coordinate as text.</summary>
    public override string ToString() => (IsDirective ? "@" : "") + Name
        + (Member is null ? "" : $".{Member}")
        + (Argument is null ? "" : $"({Argument}:)");

    private static bool Skip(string text, ref int at, char expected)
    {
        if (at >= text.Length || text[at] != expected) return false;
        at++;
        return true;
    }

    private static string ReadName(Source source, string text, ref int at)
    {
        var start = at;
        while (at < text.Length && (text[at] is '_' || char.IsAsciiLetter(text[at])
            || (at > start && char.IsAsciiDigit(text[at]))))
        {
            at++;
        }

        return at > start ? text[start..at] : throw Fail(source, at, "Expected a name in a schema coordinate.");
    }

    // Up to the first fault a coordinate is ASCII, so that characters and bytes count alike.
    private static SyntaxException Fail(Source source, int at, string message) =>
        new(message, new Location(source, at, at), SyntaxException.SyntaxError);
}
