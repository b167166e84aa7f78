using System.Globalization;
using K12Hub.Contracts;
using K12Hub.OneRosterProvider.Answering;
using Microsoft.AspNetCore.Http;

namespace K12Hub.OneRosterProvider.Asking;

/// <summary>The parameters of a request as they were meant.</summary>
internal sealed record PageQuery
{
    /// <summary>The standard's number where nothing is said.</summary>
    private const int UsualLimit = 100;

    public int Limit { get; private init; } = UsualLimit;

    public int Offset { get; private init; }

    public string Sort { get; private init; } = RosterField.SourcedId;

    public bool IsDescending { get; private init; }

    public IReadOnlyList<RosterCondition> Conditions { get; private init; } = [];

    public bool IsAnyEnough { get; private init; }

    public RosterMark? After { get; private init; }

    /// <summary>What must be equal for two pages to be of one walk.</summary>
    public string Walk { get; private init; } = "";

    /// <returns>The parameters, or what is wrong with one of them.</returns>
    public static (PageQuery? Query, ImsxStatus? Wrong) Parse(
        IQueryCollection sent, IReadOnlyList<RosterField> fields, int mostRows)
    {
        if (Number(sent["limit"], UsualLimit, least: 1) is not { } limit)
            return (null, ImsxStatus.InvalidData("limit is a whole number from 1 on."));
        if (Number(sent["offset"], 0, least: 0) is not { } offset)
            return (null, ImsxStatus.InvalidData("offset is a whole number from 0 on."));

        var sort = sent["sort"].ToString() is { Length: > 0 } name ? name : RosterField.SourcedId;
        if (fields.FirstOrDefault(field => field.Name == sort) is not { CanSort: true })
            return (null, ImsxStatus.InvalidSelection($"There is no order by {FilterText.Shown(sort)}."));
        var order = sent["orderBy"].ToString();
        if (order is not ("" or "asc" or "desc"))
            return (null, ImsxStatus.InvalidData("orderBy is asc or desc."));

        var filter = sent["filter"].ToString();
        var (conditions, isAnyEnough, wrong) = filter.Length == 0
            ? ([], false, null)
            : FilterText.Parse(filter, fields);
        return wrong is not null ? (null, wrong) : (new()
        {
            Limit = Math.Min(limit, mostRows),
            Offset = offset,
            Sort = sort,
            IsDescending = order == "desc",
            Conditions = conditions,
            IsAnyEnough = isAnyEnough,
            After = MarkText.Read(sent[MarkText.Parameter].ToString()),
            Walk = $"{sort} {order} {filter}",
        }, null);
    }

    private static int? Number(Microsoft.Extensions.Primitives.StringValues sent, int usual, int least) =>
        sent.Count == 0 ? usual
        : int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : null;
}
