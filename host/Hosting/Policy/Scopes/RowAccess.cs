using System.Linq.Expressions;

namespace K12Hub.Hosting;

/// <summary>Which rows of one kind a viewer sees: by which permission, and what in a row says whose it is. Whoever
/// reaches the whole district sees all of them, unless they are nobody's; whoever reaches less sees what one of the
/// ways leads to, and nothing where none is said.</summary>
/// <typeparam name="TRow">The row record.</typeparam>
public sealed class RowAccess<TRow> : IRowAccess
    where TRow : class
{
    private readonly List<RowWay> ways = [];
    private RowPrivacy? privacy;
    private bool isOpen;
    private bool isFigures;

    internal RowAccess(string permission) => Permission = permission;

    /// <summary>The permission by which they are read; empty where no viewer reads them.</summary>
    public string Permission { get; }

    Type IRowAccess.Row => typeof(TRow);

    bool IRowAccess.IsFigures => isFigures;

    RowPrivacy? IRowAccess.Privacy => privacy;

    IReadOnlyList<RowWay> IRowAccess.Ways => ways;

    /// <summary>Whoever has the permission sees all of them, however far it goes: names of schools, terms,
    /// courses.</summary>
    public RowAccess<TRow> OpenToDistrict()
    {
        isOpen = true;
        return this;
    }

    /// <summary>They are counted and never shown: whoever may see figures of the district counts all of them.</summary>
    public RowAccess<TRow> Figures()
    {
        isFigures = true;
        return this;
    }

    /// <summary>A school a row belongs to; where there are several, each is enough.</summary>
    public RowAccess<TRow> AtSchool(Expression<Func<TRow, Guid?>> school) => Way(ReachKind.Schools, school);

    /// <summary>A row belongs to the schools of another one: whoever reaches that at a school sees this.</summary>
    /// <typeparam name="TOther">The other row record, which says which schools it belongs to.</typeparam>
    /// <param name="key">The row's reference.</param>
    /// <param name="otherKey">What it refers to.</param>
    public RowAccess<TRow> AtSchoolOf<TOther>(
        Expression<Func<TRow, Guid?>> key, Expression<Func<TOther, Guid?>> otherKey)
        where TOther : class => Way(ReachKind.Schools, key, typeof(TOther), otherKey);

    /// <summary>The people a row is about; all of them have to be one's own.</summary>
    public RowAccess<TRow> AboutPeople(params IReadOnlyList<Expression<Func<TRow, Guid?>>> people)
    {
        ArgumentNullException.ThrowIfNull(people);
        ways.Add(new(ReachKind.Own, people, null, null));
        return this;
    }

    /// <summary>A row goes with another one that is about one's own people.</summary>
    /// <typeparam name="TOther">The other row record.</typeparam>
    /// <param name="key">The row's reference.</param>
    /// <param name="otherKey">What it refers to.</param>
    public RowAccess<TRow> AboutPeopleOf<TOther>(
        Expression<Func<TRow, Guid?>> key, Expression<Func<TOther, Guid?>> otherKey)
        where TOther : class => Way(ReachKind.Own, key, typeof(TOther), otherKey);

    /// <summary>The topic a row belongs to.</summary>
    public RowAccess<TRow> InTopic(Expression<Func<TRow, Guid?>> topic) => Way(ReachKind.Topics, topic);

    /// <summary>Rows that are private are seen by the team of their topic alone, whatever role others have, and by whom
    /// they were opened to for some hours.</summary>
    /// <param name="isPrivate">Whether a row is.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="id">Its id.</param>
    public RowAccess<TRow> Private(
        Expression<Func<TRow, bool>> isPrivate, Expression<Func<TRow, Guid?>> topic, Expression<Func<TRow, Guid?>> id)
    {
        privacy = new(isPrivate, topic, id);
        return this;
    }

    bool? IRowAccess.Whole(ReachKind reach)
    {
        if (Permission.Length == 0) return false;
        if ((reach & ReachKind.District) != 0) return true;
        if (isFigures && (reach & ReachKind.Aggregate) != 0) return true;
        if (isOpen && (reach & (ReachKind.Schools | ReachKind.Topics | ReachKind.Own)) != 0) return true;
        return ways.Exists(way => (way.Kind & reach) != 0) ? null : false;
    }

    private RowAccess<TRow> Way(
        ReachKind kind, Expression<Func<TRow, Guid?>> key, Type? other = null, LambdaExpression? otherKey = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        ways.Add(new(kind, [key], other, otherKey));
        return this;
    }
}

/// <summary>What is said of a kind of row.</summary>
internal interface IRowAccess
{
    Type Row { get; }

    string Permission { get; }

    bool IsFigures { get; }

    RowPrivacy? Privacy { get; }

    IReadOnlyList<RowWay> Ways { get; }

    /// <summary>Whether somebody sees all rows or none; null where it depends on the row.</summary>
    bool? Whole(ReachKind reach);
}

/// <summary>How rows of a kind are reached.</summary>
/// <param name="Kind">By whom.</param>
/// <param name="Keys">What in the row says whose it is; all have to be within reach.</param>
/// <param name="Other">Another kind of row that says whose it is; null for the row itself.</param>
/// <param name="OtherKey">What the first key refers to there.</param>
internal sealed record RowWay(
    ReachKind Kind, IReadOnlyList<LambdaExpression> Keys, Type? Other, LambdaExpression? OtherKey);

/// <summary>Which rows are private, and to whom.</summary>
internal sealed record RowPrivacy(LambdaExpression IsPrivate, LambdaExpression Topic, LambdaExpression Id);
