namespace K12Hub.Contracts;

/// <summary>What a finding did to the data.</summary>
public enum FindingEffect
{
    /// <summary>Read all the same; somebody should know.</summary>
    Warning,

    /// <summary>This one row was left out.</summary>
    RowRejected,

    /// <summary>The whole run was refused; nothing was applied.</summary>
    RunRejected,

    /// <summary>The run waits for a person; nothing is applied before.</summary>
    RunHeld,
}

/// <summary>Something wrong in roster data, in words a registrar can act on.</summary>
/// <param name="Effect">What it did to the data.</param>
/// <param name="Rule">Stable code for programs, for example <c>column.missing</c> or <c>reference.unknown</c>.</param>
/// <param name="Message">One sentence: what is wrong and what to do about it.</param>
/// <param name="File">The file or endpoint, for example <c>users.csv</c>; null when it concerns the package.</param>
/// <param name="Line">One-based line of the file (the header is line 1); null when it concerns the file.</param>
/// <param name="Column">The column; null when it concerns the row.</param>
/// <param name="Value">What stood there, cut to 100 characters; null when nothing stood there or it must not be
/// shown.</param>
/// <param name="SourcedId">Key of the row, so that a registrar finds it and what is known of it can be left as it is;
/// null when it concerns no row, or the key cannot be read.</param>
public sealed record RosterFinding(
    FindingEffect Effect,
    string Rule,
    string Message,
    string? File = null,
    int? Line = null,
    string? Column = null,
    string? Value = null,
    string? SourcedId = null);
