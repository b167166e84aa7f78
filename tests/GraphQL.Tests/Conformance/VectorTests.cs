using System.Text.Json;
using K12Hub.GraphQL.Conformance;

namespace K12Hub.GraphQL.Tests.Conformance;

/// <summary>
/// Foreign test vectors, sent through the bridge: one JSON object a line with area, request and expected outcome. The
/// folder is named by K12HUB_GRAPHQL_VECTORS; without it there is nothing to compare with.
/// </summary>
public sealed class VectorTests
{
    private const string Folder = "K12HUB_GRAPHQL_VECTORS";

    [Theory]
    [InlineData("parse")]
    [InlineData("print")]
    [InlineData("schema")]
    [InlineData("validate")]
    [InlineData("execute")]
    [InlineData("introspect")]
    [InlineData("coerce")]
    public async Task The_engine_does_what_the_reference_does(string area)
    {
        var folder = Environment.GetEnvironmentVariable(Folder);
        Assert.SkipWhen(folder is null, $"Set {Folder} to a folder of *.ndjson to compare with.");

        var (seen, wrong) = (0, new List<string>());
        foreach (var line in Directory.GetFiles(folder!, "*.ndjson").SelectMany(File.ReadLines))
        {
            using var vector = JsonDocument.Parse(line);
            if (vector.RootElement.GetProperty("area").GetString() != area) continue;

            seen++;
            var request = vector.RootElement.GetProperty("request");
            var expected = vector.RootElement.GetProperty("expected");
            using var answer = JsonDocument.Parse(await Bridge.AnswerAsync(request));
            if (!Outcome.Agree(request.GetProperty("op").GetString()!, expected, answer.RootElement))
            {
                wrong.Add(vector.RootElement.GetProperty("id").GetString()!);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{area}: {seen - wrong.Count} of {seen} agree");
        Assert.True(seen > 0, $"No vectors of area {area} in {folder}.");
        Assert.Empty(wrong);
    }
}
