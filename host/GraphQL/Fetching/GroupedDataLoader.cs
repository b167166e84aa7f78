namespace K12Hub.GraphQL.Fetching;

/// <summary>Loads many values per key, such as the enrollments of a class; a key without values gets none.</summary>
public abstract class GroupedDataLoader<TKey, TValue>(DataLoaderScope scope) : DataLoader<TKey, TValue[]>(scope)
    where TKey : notnull
{
    /// <summary>Fetches the values of distinct keys, grouped by key.</summary>
    protected abstract Task<ILookup<TKey, TValue>> LoadGroupsAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override async Task<IReadOnlyDictionary<TKey, TValue[]>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken cancellationToken)
    {
        var groups = await LoadGroupsAsync(keys, cancellationToken).ConfigureAwait(false);
        return keys.ToDictionary(key => key, key => groups[key].ToArray());
    }
}
