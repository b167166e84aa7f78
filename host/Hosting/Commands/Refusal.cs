namespace K12Hub.Hosting;

/// <summary>An expected "no".</summary>
/// <param name="Code">A stable word for programs, module first: <c>inquiry.already_closed</c>.</param>
/// <param name="Message">A sentence with a way out, for people.</param>
public sealed record Refusal(string Code, string Message)
{
    /// <summary>Another writer was faster, again and again.</summary>
    public static Refusal Conflict { get; } =
        new("command.conflict", "Somebody else changed this at the same moment. Look at it again and repeat.");

    /// <summary>The viewer may not, or may not do it to this one.</summary>
    public static Refusal NotAllowed { get; } =
        new("auth.not_authorized", "You are not allowed to do this. Ask your administrator for the permission.");

    /// <summary>The stream was archived.</summary>
    public static Refusal Archived { get; } =
        new("command.archived", "This is closed for good: it can be read, not changed.");

    /// <summary>It is about somebody whose data was erased.</summary>
    public static Refusal Erased { get; } =
        new("command.subject_erased", "This person's data was erased for good: nothing more is stored about them.");

    /// <summary>The idempotency key came with another command before.</summary>
    public static Refusal KeyReused { get; } = new(
        "command.key_reused", "This Idempotency-Key was sent with another command before. Use a new key for each.");

    /// <summary>The properties of the command it is about, from the outside in; empty for the whole command.</summary>
    public IReadOnlyList<string> Path { get; init; } = [];

    /// <summary>What the command is about does not exist.</summary>
    /// <param name="what">A noun in lower case: <c>inquiry</c>.</param>
    public static Refusal NotFound(string what) =>
        new($"{what}.not_found", $"There is no such {what}. It may be gone: look at the list again.");

    /// <summary>With <see cref="Conflict"/>, what others did to it meanwhile, oldest first; else empty.</summary>
    public IReadOnlyList<MeanwhileChange> Meanwhile { get; init; } = [];

    /// <summary>The same refusal about one property.</summary>
    /// <param name="path">Names of properties: <c>nameof(command.Assignee)</c>.</param>
    public Refusal At(params IReadOnlyList<string> path) => this with { Path = path };
}

/// <summary>Something another writer did while a command was decided.</summary>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Type">Stored name of the event: <c>inquiry.assigned</c>.</param>
/// <param name="Actor">Id of the person, token or job that caused it; null when unknown.</param>
/// <param name="RecordedAt">When it was stored, UTC.</param>
public sealed record MeanwhileChange(int Version, string Type, string? Actor, DateTimeOffset RecordedAt);
