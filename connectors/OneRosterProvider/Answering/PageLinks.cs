using System.Globalization;
using K12Hub.Contracts;
using K12Hub.OneRosterProvider.Asking;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>The header <c>Link</c>: the other pages of a list (RFC 8288).</summary>
internal static class PageLinks
{
    /// <param name="address">The list's address without parameters.</param>
    /// <param name="sent">The parameters that were sent.</param>
    /// <param name="page">What they meant.</param>
    /// <param name="total">Rows over all pages.</param>
    /// <param name="end">Where this page ends, if that is known yet.</param>
    public static string Of(string address, IQueryCollection sent, PageQuery page, int total, RosterMark? end)
    {
        var last = total == 0 ? 0 : (total - 1) / page.Limit * page.Limit;
        var links = new List<string> { Link("first", 0, null), Link("last", last, null) };
        if (page.Offset + page.Limit < total) links.Add(Link("next", page.Offset + page.Limit, end));
        if (page.Offset > 0) links.Add(Link("prev", Math.Max(0, page.Offset - page.Limit), null));
        return string.Join(", ", links);

        string Link(string relation, int offset, RosterMark? after)
        {
            var query = new QueryBuilder(sent.Where(parameter =>
                parameter.Key is not ("limit" or "offset" or MarkText.Parameter)))
            {
                { "limit", page.Limit.ToString(CultureInfo.InvariantCulture) },
                { "offset", offset.ToString(CultureInfo.InvariantCulture) },
            };
            if (after is not null) query.Add(MarkText.Parameter, MarkText.Write(after));
            return $"<{address}{query}>; rel=\"{relation}\"";
        }
    }
}
