using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace K12Hub.Bench.Page;

/// <summary>The pages of students as one would write them by hand for just these questions: Kestrel, Npgsql, a JSON
/// writer. It asks the tables the same.</summary>
internal static class RawEndpoint
{
    public const string ReadyLine = "raw endpoint at ";

    /// <summary>Where the page without school and guardians is.</summary>
    public const string Flat = "/flat";

    /// <summary>Two per core was fastest for these pages; more connections wait for each other.</summary>
    public static readonly int Connections = 2 * Environment.ProcessorCount;

    public static async Task ServeAsync(string connectionString, CancellationToken ct)
    {
        var address = new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxPoolSize = Connections,
            MaxAutoPrepare = 10,
            AutoPrepareMinUsages = 2,
        };
        await using var database = NpgsqlDataSource.Create(address);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(context, database));
        await app.StartAsync(ct);
        Console.WriteLine(ReadyLine + app.Urls.First());
        await ((IHost)app).WaitForShutdownAsync(ct);
    }

    private static async Task AnswerAsync(HttpContext context, NpgsqlDataSource database)
    {
        var query = context.Request.Query;
        var after = (query["family"].ToString(), query["given"].ToString(), Guid.Parse(query["id"].ToString()));
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        await using (var connection = await database.OpenConnectionAsync(context.RequestAborted))
        await using (var json = new Utf8JsonWriter(body))
        {
            if (context.Request.Path == Flat)
            {
                await FlatPage.WriteAsync(connection, after, json, context.RequestAborted);
            }
            else
            {
                (await RawPage.ReadAsync(connection, after, context.RequestAborted)).WriteTo(json);
            }
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }
}
