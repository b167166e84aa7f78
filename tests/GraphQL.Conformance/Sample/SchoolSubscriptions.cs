namespace K12Hub.GraphQL.Conformance.Sample;

[SubscriptionType]
internal static partial class SchoolSubscriptions
{
    /// <summary>The topic of schools that got another name.</summary>
    public const string Renamed = "school renamed";

    /// <summary>A school has got another name. Never ends by itself.</summary>
    [Subscribe, Topic(Renamed), AllowAnonymous]
    public static SchoolRow SchoolRenamed([EventMessage] SchoolRow school) => school;

    /// <summary>Counts down to 1 and ends.</summary>
    [Subscribe(With = nameof(OpenAsync)), AllowAnonymous]
    public static int Countdown(
        [EventMessage] int number, [GraphQLDescription("The first number; 1,000 at most.")] int from) => number;

    private static async IAsyncEnumerable<int> OpenAsync(int from)
    {
        for (var number = Math.Min(from, 1_000); number > 0; number--)
        {
            await Task.Yield();
            yield return number;
        }
    }
}
