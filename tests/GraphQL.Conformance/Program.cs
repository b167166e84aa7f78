using System.Text;
using System.Text.Json;
using K12Hub.GraphQL.Conformance;

if (args is ["serve", .. var settings])
{
    await SampleServer.RunAsync(settings);
    return;
}

if (args is ["schema"])
{
    await SampleServer.PrintSchemaAsync();
    return;
}

// One JSON object a line in, one a line out, in order. See README.md for the operations.
Console.InputEncoding = Encoding.UTF8;
using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false)) { AutoFlush = true };
using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
while (await input.ReadLineAsync() is { } line)
{
    if (string.IsNullOrWhiteSpace(line)) continue;

    try
    {
        using var request = JsonDocument.Parse(line);
        await output.WriteLineAsync(await Bridge.AnswerAsync(request.RootElement));
    }
    catch (JsonException fault)
    {
        await output.WriteLineAsync(JsonSerializer.Serialize(new { error = new { message = fault.Message } }));
    }
}
