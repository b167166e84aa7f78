using System.Diagnostics.CodeAnalysis;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.SchemaTypes;

namespace K12Hub.GraphQL.Tests.Conventions;

/// <summary>The key of a club.</summary>
public readonly record struct ClubId(int Value);

/// <summary>Something that meets.</summary>
[InterfaceType, AllowAnonymous]
public interface IMeeting
{
    /// <summary>What it is called.</summary>
    string Title { get; }
}

/// <summary>What a search finds.</summary>
[UnionType("SearchResult"), Authorize(Roles = ["librarian", "teacher"])]
public interface IFound;

/// <summary>A club after school.</summary>
public sealed record ClubRow(ClubId Id, string Title, int[][] Scores) : IMeeting, IFound
{
    /// <inheritdoc cref="IMeeting.Title"/>
    [GraphQLName("label")]
    public string Shown => Title + "!";

    [Obsolete("Use label.")]
    public string Name => Title;

    [GraphQLType<StringType>]
    public Guid Secret => SchoolBook.Key(Id.Value);

    [GraphQLType<LongType>]
    public int Size => Scores.Length;

    public ClubId? Parent => Id.Value == 1 ? null : new ClubId(1);
}

/// <summary>A trip of a day.</summary>
public sealed record TripRow(string Title) : IMeeting, IFound;

/// <summary>Which clubs.</summary>
[OneOf]
public sealed record ClubChoiceInput
{
    /// <summary>The one with this id.</summary>
    public ClubId? Id { get; init; }

    /// <summary>Those called so.</summary>
    [GraphQLDeprecated("Use id.")]
    public string? Title { get; init; }
}

[SuppressMessage("Design", "CA1032", Justification = "Thrown here only.")]
public sealed class ClubFullException(int seats) : Exception($"All {seats} seats are taken.")
{
    public int Seats => seats;
}

[SuppressMessage("Design", "CA1032", Justification = "Thrown here only.")]
public sealed class ClubUnknownException : Exception;

/// <summary>There is no such club.</summary>
public sealed record ClubUnknownError(string Message, string Hint)
{
    public static ClubUnknownError CreateErrorFrom(ClubUnknownException thrown) =>
        new("There is no such club.", thrown.Message.Length > 0 ? "Ask for clubs." : "");
}

[ObjectType<ClubRow>, Node, AllowAnonymous]
internal static partial class ClubNode
{
    /// <inheritdoc cref="IMeeting.Title"/>
    public static string Motto([Parent(nameof(ClubRow.Title))] ClubRow club) => $"{club.Title} for all";

    public static ClubRow? Get(int id) => ClubQueries.All.FirstOrDefault(club => club.Id.Value == id);

    public static Task<string?> GetGreetingAsync(
        [Parent(nameof(ClubRow.Id))] ClubRow club,
        string? language,
        IGreetingByClubDataLoader greetings,
        CancellationToken ct) =>
        (language is null ? greetings : greetings.With(language)).LoadAsync(club.Id.Value, ct);
}

[ObjectType<TripRow>, AllowAnonymous]
internal static partial class TripNode;

[QueryType]
internal static partial class ClubQueries
{
    internal static readonly ClubRow[] All =
        [new(new ClubId(1), "Chess", [[1, 2], []]), new(new ClubId(2), "Art", [[3]])];

    /// <summary>Some clubs.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="also">And these; null for nothing in its place.</param>
    [AllowAnonymous]
    public static IReadOnlyList<ClubRow?> GetClubs(ClubChoiceInput? choice, IReadOnlyList<ClubId?>? also) =>
    [
        .. All.Where(club => choice is null || club.Id == choice.Id || club.Title == choice.Title),
        .. (also ?? []).Select(id => id is { } known ? Array.Find(All, club => club.Id == known) : null),
    ];

    [AllowAnonymous]
    public static IReadOnlyList<IMeeting> Meetings() => [All[0], new TripRow("Zoo")];

    public static IFound? Search(string text) =>
        text == "zoo" ? new TripRow("Zoo") : Array.Find(All, club => club.Title == text);

    [AllowAnonymous]
    public static string Keys([ID("Club")] int[] clubs, [ID] string raw, [GraphQLType<IdType>] int plain) =>
        $"{string.Join('+', clubs)} {raw} {plain}";

    [UsePaging, Authorize]
    public static Task<Page<ClubRow>> GetClubPageAsync(PagingArguments paging, CancellationToken ct) => All
        .AsQueryable().With(new QueryContext<ClubRow>(), sort => sort.AddAscending(club => club.Title))
        .ToPageAsync(paging, ct);

    [UseConnection(IncludeTotalCount = false, RequirePagingBoundaries = true), AllowAnonymous]
    public static Task<Page<TripRow>> GetTripsAsync(PagingArguments paging, CancellationToken ct) => Trips(paging, ct);

    [UseConnection(IncludeTotalCount = false, RequirePagingBoundaries = true), AllowAnonymous]
    [ListSize(AssumedSize = 7)]
    public static Task<Page<TripRow>> GetDearTripsAsync(PagingArguments paging, CancellationToken ct) =>
        Trips(paging, ct);

    private static Task<Page<TripRow>> Trips(PagingArguments paging, CancellationToken ct) =>
        new TripRow[] { new("Farm"), new("Zoo") }
            .AsQueryable().With(new QueryContext<TripRow>(), sort => sort.AddAscending(trip => trip.Title))
            .ToPageAsync(paging, ct);

    [Authorize(Policy = "own", Apply = ApplyPolicy.AfterResolver)]
    public static ClubRow OwnClub(int number) => All[number];

    [Authorize(Policy = "own", Apply = ApplyPolicy.AfterResolver)]
    public static async Task<ClubRow> OwnClubLaterAsync(int number)
    {
        await Task.Yield();
        return All[number];
    }

    [Authorize(Policy = "exam", Apply = ApplyPolicy.Validation)]
    public static string Exam() => throw new InvalidOperationException("Nobody may, so nothing runs.");
}

[MutationType, AllowAnonymous]
internal static partial class ClubMutations
{
    /// <summary>Joins a club.</summary>
    [Error<ClubFullException>, Error(typeof(ClubUnknownError))]
    public static ClubRow JoinClub(ClubId id) => id.Value switch
    {
        1 => ClubQueries.All[0],
        2 => throw new ClubFullException(8),
        3 => throw new AggregateException(new ClubFullException(8), new ClubUnknownException()),
        4 => throw new InvalidOperationException("This is a bug."),
        _ => throw new ClubUnknownException(),
    };

    [UseMutationConvention(Disable = true)]
    public static int Count(int from) => from + 1;

    [UseMutationConvention(PayloadFieldName = "places")]
    public static Task<int?> ReservePlacesAsync(int places) => Task.FromResult<int?>(places > 0 ? places : null);

    public static IReadOnlyList<ClubRow> OpenClubs() => ClubQueries.All;
}

internal static class ClubLoaders
{
    [DataLoader]
    public static Task<Dictionary<int, string>> GetGreetingByClubAsync(
        IReadOnlyList<int> clubs,
        SchoolBook book,
        [DataLoaderState] string language = "en",
        CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        _ = book.Ask(book.Schools, $"greetings {language} {clubs.Count}");
        return Task.FromResult(clubs.ToDictionary(club => club, club => $"{language}:{club}"));
    }
}
