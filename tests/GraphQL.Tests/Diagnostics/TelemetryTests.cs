using System.Diagnostics;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Diagnostics;

public sealed class TelemetryTests
{
    [Fact]
    public async Task An_operation_is_traced_under_the_names_of_OpenTelemetry()
    {
        var traced = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "K12Hub.GraphQL",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (traced) traced.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);

        await new TestExecutor("type Query { a: Int! }").Answer("query TelemetryTest { a }");

        var activity = Assert.Single(
            traced.ToArray(), one => (string?)one.GetTagItem("graphql.operation.name") == "TelemetryTest");
        Assert.Equal("query", activity.GetTagItem("graphql.operation.type"));
        Assert.Equal(ActivityStatusCode.Error, activity.Status);
    }
}
