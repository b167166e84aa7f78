using System.Globalization;
using System.Text.Json;
using System.Threading.RateLimiting;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Http.Multipart;
using K12Hub.GraphQL.Types;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace K12Hub.GraphQL.Http;

/// <summary>One GraphQL endpoint: negotiates, reads, executes, answers.</summary>
internal sealed class GraphQLEndpoint : IDisposable
{
    private readonly IRequestExecutor executor;
    private readonly GraphQLHttpOptions options;
    private readonly StreamTransports streams;
    private readonly ConcurrencyLimiter limiter;
    private readonly ConcurrencyLimiter uploads;
    private readonly bool takesFiles;
    private readonly Lazy<SchemaEndpoint>? schema;

    public GraphQLEndpoint(IRequestExecutor executor, GraphQLHttpOptions options, StreamTransports streams)
    {
        this.executor = executor;
        this.options = options;
        this.streams = streams;
        limiter = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxConcurrentExecutions,
            QueueLimit = options.MaxQueuedExecutions,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        });
        uploads = new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = options.Upload.MaxConcurrentUploads,
        });
        var known = executor as RequestExecutor;
        takesFiles = known is null || known.Schema.FindType(BuiltInScalars.Upload.Name) is not null;
        schema = known is null ? null : new(() => new SchemaEndpoint(known));
    }

    public void Dispose()
    {
        limiter.Dispose();
        uploads.Dispose();
    }

    public Task HandleAsync(HttpContext http) => HandleAsync(http, null);

    /// <summary>Answers at the address of one trusted document.</summary>
    public Task HandlePersistedAsync(HttpContext http) => HandleAsync(http, PersistedAddress.Of(http));

    /// <summary>Answers the schema as SDL.</summary>
    public async Task HandleSchemaAsync(HttpContext http)
    {
        try
        {
            if (schema is null) http.Response.StatusCode = StatusCodes.Status404NotFound;
            else await schema.Value.AnswerAsync(http).ConfigureAwait(false);
        }
        catch (HttpRefusal refusal)
        {
            await RefuseAsync(http, refusal, MediaType.Json).ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(HttpContext http, PersistedAddress? address)
    {
        var accepted = Negotiation.Choose(http.Request);
        try
        {
            await DispatchAsync(http, address, accepted).ConfigureAwait(false);
        }
        catch (HttpRefusal refusal)
        {
            await RefuseAsync(http, refusal, MediaType.Json).ConfigureAwait(false);
        }
        catch (JsonException thrown)
        {
            await RefuseAsync(http, HttpRefusal.NotJson(thrown, options.MaxJsonDepth), accepted).ConfigureAwait(false);
        }
        catch (BadParametersException thrown)
        {
            var status = HttpStatus.Unprocessable(options.StatusProfile);
            await RefuseAsync(http, new HttpRefusal(status, thrown.Code, thrown.Message), accepted)
                .ConfigureAwait(false);
        }
        catch (BadHttpRequestException thrown)
        {
            await RefuseAsync(http, HttpRefusal.Of(thrown, options), MediaType.Json).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
    }

    private Task DispatchAsync(HttpContext http, PersistedAddress? address, MediaType accepted)
    {
        if (http.WebSockets.IsWebSocketRequest) return streams.AcceptAsync(http);
        if (address is null && AsksForSchema(http.Request)) return HandleSchemaAsync(http);
        if (accepted is MediaType.None) throw HttpRefusal.NotAcceptable;
        return HttpMethods.IsPost(http.Request.Method)
            ? PostAsync(http, address, accepted)
            : GetAsync(http, address, accepted);
    }

    private async Task PostAsync(HttpContext http, PersistedAddress? address, MediaType accepted)
    {
        if (takesFiles && MultipartRequest.IsMultipart(http.Request))
        {
            await UploadAsync(http, address, accepted).ConfigureAwait(false);
            return;
        }

        if (!IsJson(http.Request)) throw HttpRefusal.MediaTypeOfBody;

        using var body = await RequestBody.ReadAsync(http.Request, options, http.RequestAborted).ConfigureAwait(false);
        var parameters = JsonParameters.Read(body.Memory, options.MaxJsonDepth);
        await ExecuteAsync(http, parameters, address, accepted).ConfigureAwait(false);
    }

    private async Task UploadAsync(HttpContext http, PersistedAddress? address, MediaType accepted)
    {
        if (options.EnforceMultipartRequestsPreflightHeader) RequirePreflight(http.Request);

        // Each of them takes room on disk until it is answered.
        using var lease = uploads.AttemptAcquire();
        if (!lease.IsAcquired) throw HttpRefusal.Busy;
        using var upload = await MultipartRequest.ReadAsync(http.Request, options, http.RequestAborted)
            .ConfigureAwait(false);
        await ExecuteAsync(http, upload.Parameters, address, accepted).ConfigureAwait(false);
    }

    private Task GetAsync(HttpContext http, PersistedAddress? address, MediaType accepted)
    {
        var isAllowed = HttpMethods.IsGet(http.Request.Method)
            && options.AllowedGetOperations is not AllowedGetOperations.None;
        if (!isAllowed) throw HttpRefusal.Method;

        var parameters = QueryStringParameters.Read(http.Request.Query, options.MaxJsonDepth);
        if (options.AllowedGetOperations is AllowedGetOperations.TrustedDocuments && !parameters.Document.IsEmpty)
        {
            throw HttpRefusal.GetNeedsId;
        }

        if (options.EnforceGetRequestsPreflightHeader) RequirePreflight(http.Request);
        return ExecuteAsync(http, parameters, address, accepted);
    }

    private async Task ExecuteAsync(
        HttpContext http, RequestParameters parameters, PersistedAddress? address, MediaType accepted)
    {
        parameters = address is null ? parameters.Checked() : parameters.At(address);
        var answered = accepted is not MediaType.EventStream
            && await TryExecuteAsync(http, parameters, accepted).ConfigureAwait(false);
        if (!answered)
        {
            await streams.AnswerAsync(http, parameters).ConfigureAwait(false);
        }
    }

    /// <returns>False when the answer has many results and the caller takes them.</returns>
    private async ValueTask<bool> TryExecuteAsync(HttpContext http, RequestParameters parameters, MediaType accepted)
    {
        using var lease = await limiter.AcquireAsync(1, http.RequestAborted).ConfigureAwait(false);
        if (!lease.IsAcquired) throw HttpRefusal.Busy;

        var request = parameters.ToRequest(http, options.AllowedGetOperations);
        using var result = await executor.ExecuteAsync(request, http.RequestAborted).ConfigureAwait(false);
        var takesStream = result.Failure is RequestErrorKind.StreamRequired
            && Negotiation.AcceptsEventStream(http.Request);
        if (takesStream) return false;

        await AnswerAsync(http, result, HttpStatus.Of(result, options.StatusProfile, accepted), accepted)
            .ConfigureAwait(false);
        return true;
    }

    private Task RefuseAsync(HttpContext http, HttpRefusal refusal, MediaType type)
    {
        var headers = http.Response.Headers;
        if (refusal.Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests)
        {
            headers.RetryAfter = options.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        // What is left of the body is not waited for.
        var leavesBody = refusal.Status is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge;
        if (leavesBody && HttpProtocol.IsHttp11(http.Request.Protocol)) headers.Connection = "close";

        var error = new GraphQLError(refusal.Message)
        {
            Code = refusal.Code,
            Extensions = refusal.Passed?.ToExtensions(),
        };
        var result = ExecutionResult.Failed(RequestErrorKind.NotAllowed, error);
        return AnswerAsync(http, result, refusal.Status, type);
    }

    private Task AnswerAsync(HttpContext http, ExecutionResult result, int status, MediaType type)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.ContentType = Negotiation.ContentType(type);
        if (status == StatusCodes.Status405MethodNotAllowed)
        {
            // What came by GET may come by POST; everything else depends on the switch.
            var onlyPost = options.AllowedGetOperations is AllowedGetOperations.None
                || HttpMethods.IsGet(http.Request.Method);
            response.Headers.Allow = onlyPost ? "POST" : "GET, POST";
        }

        if (HttpMethods.IsHead(http.Request.Method)) return Task.CompletedTask;
        return result.WriteToAsync(response.BodyWriter, http.RequestAborted).AsTask();
    }

    private void RequirePreflight(HttpRequest request)
    {
        if (request.Headers.ContainsKey(options.PreflightHeader)) return;
        throw HttpRefusal.Preflight(options.PreflightHeader);
    }

    private static bool AsksForSchema(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) && request.Query.ContainsKey(SchemaEndpoint.Parameter);

    private static bool IsJson(HttpRequest request)
    {
        if (request.Headers.ContentEncoding.Count > 0) return false;
        var contentType = request.ContentType;
        if (contentType is "application/json") return true;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || HeaderUtilities.RemoveQuotes(type.Charset)
                .Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }
}
