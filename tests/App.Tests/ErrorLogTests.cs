using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using Microsoft.Extensions.Logging;

namespace K12Hub.App.Tests;

/// <summary>The log of the API holds no values, and is not flooded.</summary>
public sealed class ErrorLogTests
{
    [Fact]
    public void A_value_against_the_schema_is_one_line_that_names_the_field_and_the_code_alone()
    {
        using var lines = new LogLines();
        var log = new GraphQLErrorLog(new ResultFaults(TimeProvider.System));
        var error = new GraphQLError("Int cannot represent \"Ortiz\".")
        {
            Code = "GRAPHQL_RESULT", Coordinate = "Student.age", Path = ["students", 3, "age"],
        };

        log.Apply(error); // Before there are logs nothing is written, and nothing counts as written.
        log.WriteTo(new LoggerFactory([lines]));
        Assert.Same(error, log.Apply(error));
        log.Apply(error);

        Assert.Equal(
            "Student.age gave what the schema does not allow, GRAPHQL_RESULT; not said again for 5 minutes",
            Assert.Single(lines.Written));
    }
}
