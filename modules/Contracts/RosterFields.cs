namespace K12Hub.Contracts;

/// <summary>What a field of a record holds.</summary>
public enum RosterFieldType
{
    /// <summary>A text; compared by code points.</summary>
    Text,

    /// <summary>A list of texts, compared as a whole.</summary>
    Texts,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A moment.</summary>
    Moment,

    /// <summary>Yes or no.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A <see cref="RecordStatus"/>.</summary>
    Status,

    /// <summary>The key of another record.</summary>
    Key,

    /// <summary>The keys of several: any of them may satisfy a condition.</summary>
    Keys,

    /// <summary>A text in each of several parts of the record: any of them may satisfy a condition.</summary>
    EachText,
}

/// <summary>How a field is compared with a value.</summary>
public enum RosterOperator
{
    /// <summary>Is the value.</summary>
    Equal,

    /// <summary>Is another one, or none.</summary>
    NotEqual,

    /// <summary>Comes after it.</summary>
    Greater,

    /// <summary>Comes after it or is it.</summary>
    GreaterOrEqual,

    /// <summary>Comes before it.</summary>
    Less,

    /// <summary>Comes before it or is it.</summary>
    LessOrEqual,

    /// <summary>Holds it, in large or small letters.</summary>
    Contains,
}

/// <summary>A field of a record that can be asked about.</summary>
/// <param name="Name">OneRoster's name; dotted for what is inside: <c>school.sourcedId</c>.</param>
/// <param name="Type">What it holds.</param>
/// <param name="CanSort">Whether a list can be sorted by it.</param>
public sealed record RosterField(string Name, RosterFieldType Type, bool CanSort = false)
{
    /// <summary>The field every list can be sorted by, and is unless somebody says otherwise.</summary>
    public const string SourcedId = "sourcedId";

    /// <summary>Whether it can be compared like this.</summary>
    public bool Allows(RosterOperator with) => with switch
    {
        RosterOperator.Equal or RosterOperator.NotEqual => true,
        RosterOperator.Contains =>
            Type is RosterFieldType.Text or RosterFieldType.Texts or RosterFieldType.EachText,
        _ => Type is RosterFieldType.Text or RosterFieldType.Date or RosterFieldType.Moment or RosterFieldType.Number,
    };
}

/// <summary>A condition on records.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Operator">How it is compared; one the field allows.</param>
/// <param name="Value">With what: a string (also for keys), string[], DateOnly, DateTimeOffset, bool, int or
/// <see cref="RecordStatus"/>, as the field's type says.</param>
public sealed record RosterCondition(string Field, RosterOperator Operator, object Value);
