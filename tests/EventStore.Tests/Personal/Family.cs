namespace K12Hub.EventStore.Tests;

/// <summary>A sample with personal data: a family that a school knows.</summary>
public sealed record Family(Guid Id, string Name, string? Phone, IReadOnlyList<string> Children, int Notes)
{
    public static Family Create(Guid id, FamilyRegistered e) => new(id, e.Name, e.Phone, e.Children, 0);

    public Family Apply(FamilyMoved e) => this with { Name = e.Name };

    public Family Apply(FamilyNoted e) => this with { Notes = Notes + 1 };
}

public sealed record FamilyRegistered(
    Guid Family,
    [property: PersonalData(Subject = nameof(FamilyRegistered.Family))] string Name,
    [property: PersonalData(Subject = nameof(FamilyRegistered.Family))] string? Phone,
    [property: PersonalData(Subject = nameof(FamilyRegistered.Family))] IReadOnlyList<string> Children,
    string School);

public sealed record FamilyMoved(
    FamilyId Family, [property: PersonalData(Subject = nameof(FamilyMoved.Family))] string Name);

/// <summary>Nothing personal: the row still has the name from the events before.</summary>
public sealed record FamilyNoted(string Topic);

public readonly record struct FamilyId(Guid Value);

public sealed record FamilyRow(
    Guid Id,
    [property: PersonalData(Subject = nameof(FamilyRow.Id))] string Name,
    [property: PersonalData(Subject = nameof(FamilyRow.Id))] string? Phone,
    [property: PersonalData(Subject = nameof(FamilyRow.Id))] IReadOnlyList<string> Children,
    int Notes);

internal sealed class FamilyList : SingleStreamProjection<Family, FamilyRow>
{
    public override FamilyRow Row(Family aggregate) =>
        new(aggregate.Id, aggregate.Name, aggregate.Phone, aggregate.Children, aggregate.Notes);
}

/// <summary>The same in the background.</summary>
public sealed record FamilyCard(
    Guid Id, [property: PersonalData(Subject = nameof(FamilyCard.Id))] string Name, int Notes);

internal sealed class FamilyCards : SingleStreamProjection<Family, FamilyCard>
{
    public override FamilyCard Row(Family aggregate) => new(aggregate.Id, aggregate.Name, aggregate.Notes);
}

/// <summary>The last name each family had, from events alone.</summary>
public sealed record FamilyName(Guid Family, [property: PersonalData(Subject = nameof(FamilyName.Family))] string Name);

internal sealed class FamilyNames : MultiStreamProjection<FamilyName, Guid>
{
    public FamilyNames()
    {
        Identity<FamilyRegistered>(e => e.Family);
        Identity<FamilyMoved>(e => e.Family.Value);
    }

    public override FamilyName Evolve(FamilyName? row, Guid key, RecordedEvent happened) =>
        new(key, happened.Data is FamilyMoved moved ? moved.Name : ((FamilyRegistered)happened.Data).Name);
}

internal sealed record Letter(
    Guid Family, [property: PersonalData(Subject = nameof(Letter.Family))] string Text, string Template);
