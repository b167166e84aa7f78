using System.Globalization;

namespace K12Hub.Generators.Tests;

/// <summary>Mistakes in command records.</summary>
public sealed class CommandDiagnosticTests
{
    private const string Shape =
        ": a command with [Mutation(\"name\")] is a record that implements ICommand<TState>, names the row it " +
        "Returns, and has a static Decide(TState, Move), or one that takes a DateTimeOffset as well, returning " +
        "Decision<TEvent>";

    /// <summary>What Hosting offers, as far as the generator looks at it.</summary>
    private const string Hosting = """

        public sealed record ClubRow(Guid Id);
        public sealed record Club(Guid Id);
        [ObjectType<ClubRow>] public static partial class ClubNode;

        namespace K12Hub.Hosting
        {
            public interface ICommand<TState>;
            public sealed class Decision<TEvent>;
            public sealed class MutationAttribute(string name) : Attribute
            {
                public string Name => name;
                public string Policy { get; init; } = "";
                public Type? Returns { get; init; }
            }
        }
        """;

    [Theory]
    [InlineData("record Move(Guid Id) : ICommand<Club> { }")]
    [InlineData("record Move(Guid Id) { static Decision<string> Decide(Club c, Move m) => new(); }")]
    [InlineData("record Move(Guid Id) : ICommand<Club> { static string Decide(Club c, Move m) => \"\"; }")]
    [InlineData("class Move : ICommand<Club> { static Decision<string> Decide(Club c, Move m) => new(); }")]
    public void A_command_without_rule(string type) => Assert.Contains(
        "K12GQL024: Move" + Shape, Complaints("Policy = \"p\", Returns = typeof(ClubRow)", type));

    [Fact]
    public void A_command_that_returns_no_row() => Assert.Contains(
        "K12GQL024: Move" + Shape, Complaints("Policy = \"p\"", Sound));

    [Fact]
    public void A_command_that_does_not_say_who_may() => Assert.Equal(
        ["K12GQL025: Move says nothing about who may: name a permission, [Mutation(…, Policy = …)]"],
        Complaints("Returns = typeof(ClubRow)", Sound));

    [Fact]
    public void A_command_about_what_is_no_stream() => Assert.Equal(
        ["K12GQL026: Move.Id is a Guid, or a struct around one called Value"],
        Complaints("Policy = \"p\", Returns = typeof(ClubRow)", Sound.Replace("Guid Id", "int Id")));

    [Fact]
    public void Nothing_to_complain_about() =>
        Assert.Empty(Complaints("Policy = \"p\", Returns = typeof(ClubRow)", Sound));

    private const string Sound =
        "record Move(Guid Id) : ICommand<Club> { static Decision<string> Decide(Club c, Move m) => new(); }";

    private static IEnumerable<string> Complaints(string settings, string type) => Compiled
        .From($"{Samples.Usings}using K12Hub.Hosting;\n[Mutation(\"move\", {settings})] public sealed {type}{Hosting}")
        .Diagnostics.Select(found => $"{found.Id}: {found.GetMessage(CultureInfo.InvariantCulture)}");
}
