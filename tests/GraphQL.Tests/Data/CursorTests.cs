using System.Buffers.Text;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using static K12Hub.GraphQL.Tests.Data.Roll;

namespace K12Hub.GraphQL.Tests.Data;

public sealed class CursorTests
{
    private static readonly SortDefinition<Pupil> Everything = new SortDefinition<Pupil>()
        .AddAscending(p => p.FamilyName).AddDescending(p => p.Nickname).AddAscending(p => p.Grade)
        .AddAscending(p => p.SchoolId).AddAscending(p => p.BornOn).AddAscending(p => p.Id);

    [Fact]
    public void A_cursor_gives_back_the_values_it_was_made_of()
    {
        foreach (var pupil in Pupils)
        {
            object?[] values = [pupil.FamilyName, pupil.Nickname, pupil.Grade, pupil.SchoolId, pupil.BornOn, pupil.Id];
            Assert.Equal(values, Cursor.Read(Everything, Cursor.Write(Everything, pupil)));
        }
    }

    [Fact]
    public void A_cursor_of_another_order_is_an_error()
    {
        var byName = ByName(new SortDefinition<Pupil>());
        var cursor = Cursor.Write(byName, Pupils.First());

        Assert.Equal("CURSOR_OF_ANOTHER_ORDER", Code(() => Cursor.Read(Everything, cursor)));
        Assert.Equal(
            "CURSOR_OF_ANOTHER_ORDER",
            Code(() => Cursor.Read(new SortDefinition<Pupil>().AddDescending(p => p.FamilyName), cursor)));
    }

    [Fact]
    public void Whatever_else_comes_as_a_cursor_is_an_error()
    {
        var cursor = Base64Url.DecodeFromChars(Cursor.Write(Everything, Pupils.First()));
        var nul = cursor.ToArray();
        nul[6] = 0; // The first letter of the family name, after the order's hash, a flag and the length.
        string[] broken =
            ["", "abc", "!", "ä", new string('A', 5000), Text([.. cursor, 1]), Text(cursor[..^1]), Text(nul)];

        Assert.All(broken, text => Assert.Equal("CURSOR_INVALID", Code(() => Cursor.Read(Everything, text))));

        static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
    }

    [Fact]
    public void A_damaged_cursor_never_does_worse_than_an_error()
    {
        const int seed = 20261121;
        var random = new Random(seed);
        var cursor = Base64Url.DecodeFromChars(Cursor.Write(Everything, Pupils.First()));
        for (var i = 0; i < 2000; i++)
        {
            var damaged = cursor.ToArray();
            damaged[random.Next(4, damaged.Length)] = (byte)random.Next(256);
            try
            {
                Cursor.Read(Everything, Base64Url.EncodeToString(damaged));
            }
            catch (GraphQLException e)
            {
                Assert.True(e.Error.Code == "CURSOR_INVALID", $"seed {seed}, round {i}: {e.Message}");
            }
        }
    }

    private static string? Code(Action read) => Assert.Throws<GraphQLException>(read).Error.Code;
}
