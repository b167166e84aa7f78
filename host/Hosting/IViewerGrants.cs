using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Answers what somebody who signed in may do today.</summary>
public interface IViewerGrants
{
    /// <summary>The viewer an account stands for: its district, and what it may do there; nobody gets a permission by
    /// having an account.</summary>
    /// <param name="district">The district of the account.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<Viewer> ViewerOfAsync(DistrictId district, Guid accountId, CancellationToken cancellationToken);

    /// <summary>Finds an account by what it shows, with what it may do; all of it in one round trip.</summary>
    /// <typeparam name="T">What is found beside the account.</typeparam>
    /// <param name="search">What is looked for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when there is none.</returns>
    ValueTask<FoundViewer<T>?> FindAsync<T>(AccountSearch<T> search, CancellationToken cancellationToken)
        where T : class;
}

/// <summary>How an account is found by what it shows.</summary>
/// <typeparam name="T">What is found beside the account.</typeparam>
/// <param name="District">The district.</param>
/// <param name="Sql">Gives one row at most, with a column <c>account_id</c>; <c>$1</c> is the district.</param>
/// <param name="Values">Its values from <c>$2</c> on, all of which it uses; the second, <c>$3</c>, is the
/// moment.</param>
/// <param name="Read">Reads the row.</param>
public sealed record AccountSearch<T>(
    DistrictId District, string Sql, IReadOnlyList<object> Values, Func<NpgsqlDataReader, (Guid Account, T What)> Read)
    where T : class;

/// <summary>An account that was found.</summary>
/// <typeparam name="T">What was found beside it.</typeparam>
/// <param name="Viewer">Whom it stands for.</param>
/// <param name="What">What was found.</param>
public sealed record FoundViewer<T>(Viewer Viewer, T What)
    where T : class;
