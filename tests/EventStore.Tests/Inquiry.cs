namespace K12Hub.EventStore.Tests;

/// <summary>The sample the tests write: a family asks a school.</summary>
public sealed class Inquiry
{
    public Guid Id { get; private init; }

    public string Subject { get; private init; } = "";

    public Guid? Assignee { get; private set; }

    public int Answers { get; private set; }

    public bool Closed { get; private set; }

    public static Inquiry Create(Guid id, InquiryOpened e) => new() { Id = id, Subject = e.Subject };

    public void Apply(InquiryAssigned e) => Assignee = e.Staff;

    public void Apply(InquiryAnswered e) => Answers++;

    public void Apply(InquiryClosed e) => Closed = true;
}

public sealed record InquiryOpened(string Subject, string? Language = null);

public sealed record InquiryAssigned(Guid Staff);

public sealed record InquiryAnswered(string Text);

public sealed record InquiryClosed(ClosingReason Reason);

public enum ClosingReason
{
    Resolved,
    Withdrawn,
}

/// <summary>One line of the queue; closed inquiries have none.</summary>
public sealed record InquiryRow(Guid Id, string Subject, Guid? Assignee, int Answers);

internal sealed class InquiryQueue : SingleStreamProjection<Inquiry, InquiryRow>
{
    public override InquiryRow? Row(Inquiry aggregate) =>
        aggregate.Closed ? null : new(aggregate.Id, aggregate.Subject, aggregate.Assignee, aggregate.Answers);
}
