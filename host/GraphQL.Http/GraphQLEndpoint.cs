using System.Text.Json;
using System.Threading.RateLimiting;
using K12Hub.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace K12Hub.GraphQL.Http;

/// <summary>One GraphQL endpoint: negotiates, reads, executes, answers.</summary>
internal sealed class GraphQLEndpoint : IDisposable
{
    private readonly IRequestExecutor executor;
    private readonly GraphQLHttpOptions options;
    private readonly ConcurrencyLimiter limiter;

    public GraphQLEndpoint(IRequestExecutor executor, GraphQLHttpOptions options)
    {
        this.executor = executor;
        this.options = options;
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxConcurrentExecutions,
            QueueLimit = options.MaxQueuedExecutions,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
    }

    public void Dispose() => limiter.Dispose();

    public async Task HandleAsync(HttpContext http)
    {
        var accepted = Negotiation.Choose(http.Request);
        try
        {
            await HandleAsync(http, accepted).ConfigureAwait(false);
        }
        catch (HttpRefusal refusal)
        {
            await RefuseAsync(http, refusal, MediaType.Json).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            var refusal = new HttpRefusal(StatusCodes.Status400BadRequest, "The body is not JSON.");
            await RefuseAsync(http, refusal, accepted).ConfigureAwait(false);
        }
        catch (BadParametersException thrown)
        {
            var refusal = new HttpRefusal(HttpStatus.Unprocessable(options.StatusProfile), thrown.Message);
            await RefuseAsync(http, refusal, accepted).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
    }

    private Task HandleAsync(HttpContext http, MediaType accepted)
    {
        if (accepted is MediaType.None)
        {
            throw new HttpRefusal(
                StatusCodes.Status406NotAcceptable, "Accept application/graphql-response+json or application/json.");
        }

        if (HttpMethods.IsPost(http.Request.Method)) return PostAsync(http, accepted);
        return HttpMethods.IsGet(http.Request.Method) && options.EnableGet
            ? GetAsync(http, accepted)
            : throw new HttpRefusal(StatusCodes.Status405MethodNotAllowed, "Use POST.");
    }

    private async Task PostAsync(HttpContext http, MediaType accepted)
    {
        if (!IsJson(http.Request.ContentType))
        {
            throw new HttpRefusal(StatusCodes.Status415UnsupportedMediaType, "Send application/json in UTF-8.");
        }

        using var body = await RequestBody.ReadAsync(http.Request, options.MaxBodyBytes, http.RequestAborted)
            .ConfigureAwait(false);
        if (body is null)
        {
            throw new HttpRefusal(
                StatusCodes.Status413PayloadTooLarge, $"The body is larger than {options.MaxBodyBytes} bytes.");
        }

        await ExecuteAsync(http, RequestParameters.FromJson(body.Memory), accepted).ConfigureAwait(false);
    }

    private Task GetAsync(HttpContext http, MediaType accepted)
    {
        if (options.GetRequiresPreflight && !http.Request.Headers.ContainsKey("GraphQL-Preflight"))
        {
            throw new HttpRefusal(StatusCodes.Status403Forbidden, "GET needs the header GraphQL-Preflight: 1.");
        }

        return ExecuteAsync(http, RequestParameters.FromQuery(http.Request.Query), accepted);
    }

    private async Task ExecuteAsync(HttpContext http, RequestParameters parameters, MediaType accepted)
    {
        using var lease = await limiter.AcquireAsync(1, http.RequestAborted).ConfigureAwait(false);
        if (!lease.IsAcquired)
        {
            throw new HttpRefusal(StatusCodes.Status503ServiceUnavailable, "The server is busy; try again soon.");
        }

        var request = new GraphQLRequest
        {
            Document = parameters.Document,
            OperationName = parameters.OperationName,
            Variables = parameters.Variables,
            Extensions = parameters.Extensions,
            Services = http.RequestServices,
            User = http.User,
            AllowMutations = !HttpMethods.IsGet(http.Request.Method),
        };
        using var result = await executor.ExecuteAsync(request, http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, result, HttpStatus.Of(result, options.StatusProfile, accepted), accepted)
            .ConfigureAwait(false);
    }

    private async Task RefuseAsync(HttpContext http, HttpRefusal refusal, MediaType type)
    {
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = options.RetryAfterSeconds.ToString(
                System.Globalization.CultureInfo.InvariantCulture);
        }

        using var result = ExecutionResult.Failed(RequestErrorKind.NotAllowed, new GraphQLError(refusal.Message));
        await AnswerAsync(http, result, refusal.Status, type).ConfigureAwait(false);
    }

    private Task AnswerAsync(HttpContext http, ExecutionResult result, int status, MediaType type)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = Negotiation.ContentType(type);
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            // A mutation that came by GET may come by POST; everything else depends on the switch.
            var onlyPost = !options.EnableGet || HttpMethods.IsGet(http.Request.Method);
            response.Headers.Allow = onlyPost ? "POST" : "GET, POST";
        }

        if (HttpMethods.IsHead(http.Request.Method)) return Task.CompletedTask;
        return result.WriteToAsync(response.BodyWriter, http.RequestAborted).AsTask();
    }

    private static bool IsJson(string? contentType)
    {
        if (contentType is "application/json") return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset)
                .Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>Refused before there was anything to execute.</summary>
internal sealed class HttpRefusal(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
