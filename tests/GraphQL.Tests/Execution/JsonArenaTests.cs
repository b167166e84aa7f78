using System.Text;
using System.Text.Json;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Tests.Execution;

public sealed class JsonArenaTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("\"quoted\" and back\\slash")]
    [InlineData("line\r\nbreak\ttab\b\f\u0000\u001f")]
    [InlineData("Zoë 水 👩‍🏫")]
    public void A_string_reads_back_as_it_was(string text) => Assert.Equal(
        text, JsonSerializer.Deserialize<string>(Written((ref JsonArena json) => json.WriteString(text))));

    [Fact]
    public void Half_a_surrogate_pair_becomes_the_replacement_character() =>
        Assert.Equal("\"a\uFFFDb\"", Written((ref JsonArena json) => json.WriteString("a\ud800b")));

    [Fact]
    public void Numbers_keep_their_value() => Assert.Equal(
        "-2147483648 9223372036854775807 0.1 1E+300 12.50",
        Written((ref JsonArena json) =>
        {
            json.WriteNumber(int.MinValue);
            json.WriteRaw(" "u8);
            json.WriteNumber(long.MaxValue);
            json.WriteRaw(" "u8);
            json.WriteNumber(0.1);
            json.WriteRaw(" "u8);
            json.WriteNumber(1E+300);
            json.WriteRaw(" "u8);
            json.WriteNumber(12.50m);
        }));

    [Fact]
    public void A_number_without_end_is_refused() => Assert.Throws<GraphQLException>(
        () => Written((ref JsonArena json) => json.WriteNumber(double.NaN)));

    [Fact]
    public void Days_instants_and_ids_are_strings() => Assert.Equal(
        "'2026-02-03' '2026-02-03T04:05:06.5Z' '00000000-0000-0000-0000-000000000001' 'T3JnOjE' null",
        Written((ref JsonArena json) =>
        {
            json.WriteString(new DateOnly(2026, 2, 3));
            json.WriteRaw(" "u8);
            json.WriteString(new DateTimeOffset(2026, 2, 3, 5, 5, 6, 500, TimeSpan.FromHours(1)));
            json.WriteRaw(" "u8);
            json.WriteString(new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
            json.WriteRaw(" "u8);
            json.WriteBase64Url("Org:1"u8);
            json.WriteRaw(" "u8);
            json.WriteNumber((int?)null);
        }).Replace('"', '\''));

    [Fact]
    public void It_grows_and_keeps_what_was_written()
    {
        var long1 = new string('a', 20_000);
        Assert.Equal($"\"{long1}\"\"{long1}\"", Written((ref JsonArena json) =>
        {
            json.WriteString(long1);
            json.WriteString(long1);
        }));
    }

    private delegate void Write(ref JsonArena json);

    private static string Written(Write write)
    {
        var json = default(JsonArena);
        write(ref json);
        return Encoding.UTF8.GetString(json.Written);
    }
}
