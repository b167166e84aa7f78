using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace K12Hub.Accounts;

/// <summary>A piece of a page. Made of interpolated text in which every value is encoded, unless it is a piece
/// itself.</summary>
internal sealed record Html(string Text)
{
    public static Html Empty { get; } = new("");

    public static Html Of(HtmlText text) => new(text.ToString());

    public static Html All(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(piece => piece.Text)));

    public override string ToString() => Text;
}

/// <summary>Writes interpolated text as <see cref="Html"/>.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlText(int literalLength, int formattedCount)
{
    private readonly StringBuilder text = new(literalLength + (16 * formattedCount));

    public void AppendLiteral(string value) => text.Append(value);

    public void AppendFormatted(Html value) => text.Append(value.Text);

    public void AppendFormatted(string? value) => text.Append(HtmlEncoder.Default.Encode(value ?? ""));

    public override string ToString() => text.ToString();
}
