namespace K12Hub.Contracts;

/// <summary>What a district knows of a person that OneRoster has no place for.</summary>
public sealed record SupplementRecord : RosterRecord
{
    /// <summary>Names of the properties this row says something about; the others stay as they are known.</summary>
    public required IReadOnlySet<string> Sent { get; init; }

    /// <summary>The language spoken at home, as a BCP 47 tag; null when the cell is empty.</summary>
    public string? HomeLanguage { get; init; }

    /// <summary>The language to write and call in, as a BCP 47 tag.</summary>
    public string? ContactLanguage { get; init; }

    /// <summary>Whether an interpreter is needed.</summary>
    public bool? InterpreterNeeded { get; init; }

    /// <summary>Why the student left, in the district's own words or codes.</summary>
    public string? ExitReason { get; init; }

    /// <summary>Where the student went.</summary>
    public string? ExitDestination { get; init; }

    /// <summary>What pays for the student, in the district's own words or codes.</summary>
    public string? FundingCategory { get; init; }

    /// <summary>The source's keys of the homes the person belongs to.</summary>
    public IReadOnlyList<string> Households { get; init; } = [];
}

/// <summary>What a district knows of a student and a guardian together. <see cref="RosterRecord.SourcedId"/> is made of
/// the keys of both.</summary>
public sealed record GuardianshipRecord : RosterRecord
{
    /// <summary>Names of the properties this row says something about; the others stay as they are known.</summary>
    public required IReadOnlySet<string> Sent { get; init; }

    /// <summary>The student.</summary>
    public required string StudentSourcedId { get; init; }

    /// <summary>The guardian.</summary>
    public required string GuardianSourcedId { get; init; }

    /// <summary>mother, father, grandparent and so on.</summary>
    public string? Relation { get; init; }

    /// <summary>Whether the student lives with the guardian, be it half of the time.</summary>
    public bool? LivesWith { get; init; }

    /// <summary>Whether the guardian may be contacted about the student.</summary>
    public bool? MayContact { get; init; }

    /// <summary>Whether the guardian may pick the student up.</summary>
    public bool? MayPickUp { get; init; }

    /// <summary>Whether the guardian may see the student's records.</summary>
    public bool? MayReceiveRecords { get; init; }

    /// <summary>What a court or the family has settled, in the district's own words.</summary>
    public string? Custody { get; init; }

    /// <summary>Who is asked first: 1 before 2; 0 when nothing is said.</summary>
    public int ContactPriority { get; init; }
}

/// <summary>A supplementary file, wherever it lies.</summary>
/// <param name="Name">Its name without folders, as findings tell it.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Open">Opens it from its beginning, any number of times.</param>
public sealed record SupplementFile(string Name, long Length, Func<Stream> Open);

/// <summary>What a word of a column means: <c>Spanish</c> is <c>es</c>.</summary>
/// <param name="Word">As the file writes it, in any case.</param>
/// <param name="Means">As we write it.</param>
public sealed record SupplementWord(string Word, string Means);

/// <summary>What a column of a district's file means.</summary>
/// <param name="Column">The name in the header, in any case.</param>
/// <param name="Field">Our name of the column.</param>
/// <param name="Words">What words of it mean.</param>
public sealed record SupplementColumn(string Column, string Field, IReadOnlyList<SupplementWord> Words);

/// <summary>Which of our columns the columns of a district's file are.</summary>
/// <param name="Version">Number of the mapping; 0 for none: columns then have our names.</param>
/// <param name="Columns">The columns with other names or words.</param>
public sealed record SupplementMapping(int Version, IReadOnlyList<SupplementColumn> Columns)
{
    /// <summary>Every column has our name.</summary>
    public static SupplementMapping None { get; } = new(0, []);
}

/// <summary>Reads supplementary files.</summary>
public interface ISupplementReader
{
    /// <summary>Our names of the columns a file may have, the key first.</summary>
    IReadOnlyList<string> Fields { get; }

    /// <summary>Looks at the header of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="mapping">What its columns mean.</param>
    /// <param name="findings">Takes warnings and rejected rows, now and while the source is read.</param>
    /// <param name="ct">Ends the work.</param>
    /// <returns>The file as a source that has nothing but supplements and guardianships, as changes; or why it cannot
    /// be read.</returns>
    ValueTask<RosterOpening> OpenAsync(
        SupplementFile file, SupplementMapping mapping, IRosterFindings findings, CancellationToken ct);
}
