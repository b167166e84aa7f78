namespace K12Hub.App.Tests.Faults;

/// <summary>What families ask for.</summary>
internal sealed partial class FaultyHub
{
    public string Amendment { get; private set; } = "";

    public string DeclinedAmendment { get; private set; } = "";

    private async Task AmendAsync()
    {
        Amendment = await MadeAsync(MutationSample.Amending(Student, "Name"), "requestAmendment", "amendment");
        var other = await MadeAsync(MutationSample.Amending(Student, "Phone"), "requestAmendment", "amendment");
        DeclinedAmendment = await MadeAsync(
            $"mutation {{ declineAmendment(input: {{ id: \"{other}\", reason: \"It rings.\" }}) "
            + "{ amendment { id } errors { code } } }",
            "declineAmendment", "amendment");
    }
}
