using System.Globalization;
using K12Hub.Contracts;
using K12Hub.Hosting;
using K12Hub.OneRosterProvider.Access;
using K12Hub.OneRosterProvider.Asking;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>Answers the 41 operations: who asks, may they, what do they mean, then record after record as the database
/// hands them out.</summary>
internal sealed class ProviderDesk(AccessTokens tokens, RateLimits limits, Walks walks, ProviderSettings settings)
{
    private const string Bearer = "Bearer ";

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(2);

    public async Task AnswerAsync(HttpContext context)
    {
        if (await RefusalAsync(context) is { } refused)
        {
            await refused.WriteAsync(context);
        }
    }

    /// <summary>Answers, or says why not.</summary>
    private async Task<ImsxStatus?> RefusalAsync(HttpContext context)
    {
        if (await ClientAsync(context) is not ({ } client, { } viewer)) return ImsxStatus.NotKnown;
        if (await limits.TakeRequestAsync(client, context.RequestAborted) is { } wait) return ImsxStatus.Busy(wait);
        if (!HttpMethods.IsGet(context.Request.Method)) return ImsxStatus.NotGet;
        if (ProviderRoute.Find(Below(context)) is not var (route, keys)) return ImsxStatus.NotThere;
        if (!viewer.May(route.Permission) || (client.IsDirectoryOnly && !route.IsDirectory))
            return ImsxStatus.NotAllowed;

        context.RequestServices.GetRequiredService<ViewerScope>().Viewer = viewer;
        if (!await limits.Places.WaitAsync(patience, context.RequestAborted)) return ImsxStatus.Busy(pause);
        try
        {
            var (properties, wrong) = FieldSelection.Parse(route.List, context.Request.Query["fields"]);
            if (wrong is not null) return wrong;

            return route.IsOne
                ? await OneAsync(context, client, route, keys[0], properties)
                : await PageAsync(context, client, route, keys, properties);
        }
        finally
        {
            limits.Places.Release();
        }
    }

    private async Task<(Client?, Viewer?)> ClientAsync(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return default;
        if (await tokens.FindAsync(header[Bearer.Length..].Trim(), context.RequestAborted) is not var (client, scopes))
            return default;

        var viewer = Viewer.OfClient(
            $"oneroster:{client.Name}", client.District, scopes.SelectMany(scope => scope.Permissions));
        return (client, viewer);
    }

    private async Task<ImsxStatus?> OneAsync(
        HttpContext context, Client client, ProviderRoute route, string key, IReadOnlyList<JsonProperty> properties)
    {
        var reader = await ReaderAsync(context, client);
        if (key.Contains('\0', StringComparison.Ordinal)
            || await reader.FindAsync(client.Source, route.List, key, context.RequestAborted) is not { } record)
        {
            return ImsxStatus.NotThere;
        }

        context.Response.ContentType = "application/json";
        await using var page = Recorded(context, client, reader);
        page.Json.WriteStartObject();
        page.Json.WritePropertyName(RecordJson.NameOfOne(route.List));
        if (!await page.WriteAsync(new(page.Json, BaseUrl(context)), record, properties)) return NotSent(context);

        page.Json.WriteEndObject();
        return await page.SendAsync() ? null : NotSent(context);
    }

    private async Task<ImsxStatus?> PageAsync(
        HttpContext context, Client client, ProviderRoute route, string[] keys, IReadOnlyList<JsonProperty> properties)
    {
        var reader = await ReaderAsync(context, client);
        var (query, wrong) = PageQuery.Parse(
            context.Request.Query, reader.FieldsOf(route.List), settings.MaxPageRows);
        if (query is null) return wrong;

        var below = Below(context);
        var walk = $"{client.Name} {below} {query.Walk}";
        var question = new RosterQuestion(client.Source, route.List)
        {
            Limit = query.Limit,
            Offset = query.Offset,
            Sort = query.Sort,
            IsDescending = query.IsDescending,
            Conditions = query.Conditions,
            IsAnyEnough = query.IsAnyEnough,
            Of = [.. route.Of.Select((list, i) => new RosterOwner(list, keys[i]))],
            After = query.Offset == 0 ? null : query.After ?? walks.Find(walk, query.Offset),
        };
        if (keys.Any(key => key.Contains('\0', StringComparison.Ordinal))) return ImsxStatus.NotThere;

        await using var page = await reader.OpenAsync(question, context.RequestAborted);
        if (page is null) return ImsxStatus.NotThere;

        context.Response.ContentType = "application/json";
        context.Response.Headers["X-Total-Count"] = page.Total.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers.Link = PageLinks.Of(
            $"{BaseUrl(context)}/{below}", context.Request.Query, query, page.Total, page.Mark);
        await using var recorded = Recorded(context, client, reader);
        if (await WriteAsync(context, recorded, page, route.List, properties) is not { } count)
        {
            return NotSent(context);
        }

        if (page.Mark is { } mark) walks.Remember(walk, query.Offset + count, mark);
        return null;
    }

    /// <returns>How many records were sent; null when it could not be written down whose they are.</returns>
    private async Task<int?> WriteAsync(
        HttpContext context, RecordedPage recorded, IRosterPage page, RosterList list,
        IReadOnlyList<JsonProperty> properties)
    {
        var count = 0;
        var to = new RecordWriter(recorded.Json, BaseUrl(context));
        recorded.Json.WriteStartObject();
        recorded.Json.WriteStartArray(RecordJson.NameOfMany(list));
        await foreach (var record in page.Records(context.RequestAborted))
        {
            if (!await recorded.WriteAsync(to, record, properties)) return null;
            count++;
        }

        recorded.Json.WriteEndArray();
        recorded.Json.WriteEndObject();
        return await recorded.SendAsync() ? count : null;
    }

    private static async Task<IRosterReader> ReaderAsync(HttpContext context, Client client)
    {
        var reader = context.RequestServices.GetRequiredService<IRosterReader>();
        return client.IsDirectoryOnly
            ? await reader.OfDirectoryAsync(client.Name, client.Disclosed.Party ?? client.Name, context.RequestAborted)
            : client.HasContact ? reader : reader.WithoutContact();
    }

    private static RecordedPage Recorded(HttpContext context, Client client, IRosterReader reader) =>
        new(context, client, reader, context.RequestServices.GetRequiredService<AccessNotes>());

    /// <summary>Why nothing is sent; nothing more where something has been.</summary>
    private static ImsxStatus? NotSent(HttpContext context) =>
        context.Response.HasStarted ? null : ImsxStatus.NotRecorded;

    private string BaseUrl(HttpContext context) => (settings.PublicUrl?.TrimEnd('/')
        ?? $"{context.Request.Scheme}://{context.Request.Host}") + OneRosterProviderConnector.BasePath;

    /// <summary>The path below the base as it was sent: a key may hold a slash, escaped.</summary>
    private static string Below(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var end = target.IndexOf('?', StringComparison.Ordinal);
        var path = end < 0 ? target : target[..end];
        var start = path.IndexOf(OneRosterProviderConnector.BasePath + "/", StringComparison.OrdinalIgnoreCase);
        return start < 0 ? "" : path[(start + OneRosterProviderConnector.BasePath.Length + 1)..];
    }
}
