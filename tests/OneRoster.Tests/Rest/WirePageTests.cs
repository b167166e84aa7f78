using System.Text;
using K12Hub.Contracts;
using K12Hub.OneRoster.Rest.Wire;

namespace K12Hub.OneRoster.Tests.Rest;

/// <summary>A body comes in pieces of any size, and ends anywhere.</summary>
public sealed class WirePageTests
{
    private const string Users = """
        { "note": {"a":[1,{"b":null}]}, "users" : [
          {"sourcedId":"u1","status":"active","dateLastModified":null,"givenName":"Jos\u00e9 \"Pep\u00e9\"",
           "familyName":"Ortiz","enabledUser":true,"grades":["09","10"],"password":"p","metadata":{"x":[{"y":1}]},
           "userIds":[{"type":"State","identifier":"7\u001f7"},{"identifier":"8"}],
           "agents":[{"href":"h","sourcedId":"g1","type":"user"},{"sourcedId":"g2"}],
           "roles":[{"roleType":"primary","role":"student","org":{"href":"h","sourcedId":"o1","type":"org"}},
                    {"role":"aide","orgSourcedId":"o2","beginDate":"2026-08-17","endDate":null}]},
          {"familyName":"Reyes","sourcedId":"u2","phone":5551234,"roles":null,"agents":[]} ],
          "more":"ü" }
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(100_000)]
    public async Task The_size_of_the_pieces_changes_nothing(int size)
    {
        var (count, rows) = await ReadAsync(Encoding.UTF8.GetBytes(Users), size);

        Assert.Equal(2, count);
        Assert.Equal(
            "sourcedId=u1|status=active|enabledUser=true|userIds=[State^7 7~^8]|givenName=José \"Pepé\""
            + "|familyName=Ortiz|agentSourcedIds=[g1~g2]|grades=[09~10]"
            + "|roles=[student^^^primary^o1~aide^2026-08-17^^^o2]", rows[0]);
        Assert.Equal("sourcedId=u2|familyName=Reyes|phone=5551234", rows[1]);
    }

    [Fact]
    public async Task Wherever_it_is_cut_off_it_is_no_page()
    {
        var whole = Encoding.UTF8.GetBytes(Users);

        for (var length = 0; length < whole.Length; length++)
            await Assert.ThrowsAsync<BrokenPageException>(() => ReadAsync(whole[..length], 50));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("\"users\"")]
    [InlineData("{\"users\":null}")]
    [InlineData("{\"users\":{}}")]
    [InlineData("{\"users\":[1]}")]
    [InlineData("{\"users\":[null]}")]
    [InlineData("{\"students\":[]}")]
    [InlineData("{\"users\":[]} {}")]
    [InlineData("{\"users\":[],}")]
    [InlineData("<html></html>")]
    [InlineData("{\"error\":\"x\"}")]
    public async Task What_is_no_page_is_never_an_empty_one(string body) =>
        await Assert.ThrowsAsync<BrokenPageException>(() => ReadAsync(Encoding.UTF8.GetBytes(body), 50));

    [Fact]
    public async Task A_record_longer_than_allowed_is_not_taken_into_memory()
    {
        var body = "{\"users\":[{\"givenName\":\"" + new string('x', 2_000_000) + "\"}]}";

        await Assert.ThrowsAsync<BrokenPageException>(() => ReadAsync(Encoding.UTF8.GetBytes(body), 50_000));
    }

    private static async Task<(int, List<string>)> ReadAsync(byte[] body, int size)
    {
        var table = WireTable.Of(RosterCollections.Users);
        var rows = new List<string>();
        var page = new WirePage("users", new(table, new Dictionary<string, string>()), 65_536, cells =>
            rows.Add(Text(table, cells)));
        using var pieces = new Pieces(body, size);
        return (await page.ReadAsync(pieces, Ct), rows);
    }

    private static string Text(WireTable table, CellBuffer cells)
    {
        var row = new byte[cells.Size];
        cells.WriteTo(row);
        var read = new SpooledCells(ulong.MaxValue);
        read.Take(row, 0, table.Columns.All.Count, 1);
        return string.Join('|', table.Columns.All.Where(column => read.Cell(column).Length > 0).Select(column =>
        {
            var text = Encoding.UTF8.GetString(read.Cell(column)).Replace('\u001F', '~').Replace('\u001E', '^');
            return $"{column.Name}={(read.IsList(column) ? $"[{text}]" : text)}";
        }));
    }

    private sealed class Pieces(byte[] body, int size) : MemoryStream(body)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
