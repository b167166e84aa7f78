using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Accounts;

/// <summary>A token that was given out just now.</summary>
internal sealed record GivenToken
{
    /// <summary>What the program sends: Authorization: Bearer, and this. It is shown this once.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The token.</summary>
    [GraphQLIgnore]
    public Guid TokenId { get; init; }
}

[ObjectType<GivenToken>, Authorize(Policy = AccountsPermissions.GiveTokens)]
internal static partial class GivenTokenNode
{
    /// <summary>What lists show of it.</summary>
    public static Task<ApiTokenRow?> GetTokenAsync(
        [Parent(nameof(GivenToken.TokenId))] GivenToken given, QueryContext<ApiTokenRow> query,
        IApiTokenByIdDataLoader byId, CancellationToken ct) => byId.With(query).LoadAsync(given.TokenId, ct);
}

[QueryType]
internal static partial class TokenQueries
{
    /// <summary>Tokens of programs, the latest first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = AccountsPermissions.ReadTokens)]
    public static Task<Page<ApiTokenRow>> GetTokensAsync(
        [GraphQLDescription("True for what was revoked or has ended, too.")] bool? includeEnded,
        PagingArguments paging, QueryContext<ApiTokenRow> query, Rows db, TimeProvider time, CancellationToken ct) =>
        db.Of<ApiTokenRow>().Holding(includeEnded, time.GetUtcNow())
            .With(query, sort => sort.IfEmpty(order => order.AddDescending(token => token.CreatedAt)))
            .ToPageAsync(paging, ct);

    private static IQueryable<ApiTokenRow> Holding(
        this IQueryable<ApiTokenRow> tokens, bool? includeEnded, DateTimeOffset now) =>
        includeEnded is true ? tokens : tokens.Where(token => token.RevokedAt == null && token.ExpiresAt > now);
}

[ObjectType<ApiTokenRow>, Authorize(Policy = AccountsPermissions.ReadTokens)]
internal static partial class TokenNode
{
    [NodeResolver]
    public static Task<ApiTokenRow?> GetTokenAsync(Guid id, IApiTokenByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>When it was last used, give or take a minute; null for never.</summary>
    public static async Task<DateTimeOffset?> GetLastUsedAtAsync(
        [Parent(nameof(ApiTokenRow.Id))] ApiTokenRow token, ITokenUseByIdDataLoader uses, CancellationToken ct) =>
        (await uses.LoadAsync(token.Id, ct))?.UsedAt;
}

internal static class TokenLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, ApiTokenRow>> GetApiTokenByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<ApiTokenRow> query, Rows db, CancellationToken ct) =>
        db.Of<ApiTokenRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, TokenUseRow>> GetTokenUseByIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct) =>
        db.Of<TokenUseRow>().Where(x => ids.Contains(x.TokenId)).ToDictionaryAsync(x => x.TokenId, ct);
}

[MutationType]
internal static partial class TokenMutations
{
    /// <summary>Gives a program a token. Its secret is in the answer to this and nowhere else; who loses it revokes the
    /// token and gives another one.</summary>
    [Authorize(Policy = AccountsPermissions.GiveTokens)]
    public static async Task<MutationResult<GivenToken>> CreateTokenAsync(
        [GraphQLDescription("What people call it; no two that hold have one name.")] string name,
        [GraphQLDescription("What may be done with it; nothing that you may not do in the whole district.")]
        IReadOnlyList<string> permissions,
        [GraphQLDescription("When it ends; at most a year from now.")] DateTimeOffset expiresAt,
        [GraphQLDescription("A role it has for as long, beside permissions or instead of them: integration and so on.")]
        string? role,
        [ID("School"), GraphQLDescription("The schools the role is for; none for the whole district.")]
        IReadOnlyList<Guid>? schoolIds,
        TokenDesk tokens, ViewerScope viewer, CallerProof proof, AccountsSettings settings, TimeProvider time,
        CancellationToken ct)
    {
        if (proof.At is { } at && time.GetUtcNow() - at > TimeSpan.FromMinutes(settings.ProofMinutes))
        {
            return Error(TokenRefusals.ProveAgain);
        }

        var (id, secret, refusal) = await tokens.CreateAsync(
            name, permissions, expiresAt, viewer.Viewer, ct, role is null ? null : new(role, schoolIds ?? []));
        return refusal is null ? new GivenToken { Secret = secret, TokenId = id } : Error(refusal);
    }

    /// <summary>Takes a token back: it opens nothing any more.</summary>
    [Authorize(Policy = AccountsPermissions.GiveTokens)]
    public static async Task<MutationResult<ApiTokenRow>> RevokeTokenAsync(
        [ID<ApiTokenRow>, GraphQLDescription("The token.")] Guid id,
        TokenDesk tokens, ViewerScope viewer, IApiTokenByIdDataLoader byId, CancellationToken ct) =>
        await tokens.RevokeAsync(viewer.District, id, viewer.Viewer.Id, ct) is { } refusal
            ? Error(refusal)
            : await byId.LoadAsync(id, ct);

    private static MutationError Error(Refusal refusal) => new(refusal.Code, refusal.Message);
}
