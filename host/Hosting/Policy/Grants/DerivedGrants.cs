namespace K12Hub.Hosting;

/// <summary>What accounts may do without a role that was given: a principal at the school, a guardian with the child, a
/// token. Asked anew for each request, so that it ends with its cause; all sources are asked in one round
/// trip.</summary>
/// <param name="Of">What accounts have now. <c>$1</c> is the district, <see cref="Asked"/> the accounts, <c>$3</c> the
/// moment. Columns: the account; a role's name, or null; names of permissions besides, or null; schools, topics and
/// people it is for (uuid[]), none of all for the whole district; why, in a sentence; since when, or null; private
/// objects that are open to it (uuid[]).</param>
/// <param name="Among">Accounts that may have something that reaches an object, in the order of their ids; too many do
/// no harm, for each is looked at. <c>$1</c> is the district, <c>$2</c> the moment, <c>$3</c> the account to come
/// after, <c>$4</c> how many; <c>$5</c>, <c>$6</c> and <c>$7</c> are the schools, topics and people of the object
/// (uuid[]), <c>$8</c> whether those do not matter; <c>$9</c> is the permission, <c>$10</c> its id if it is private,
/// or null.</param>
public sealed record DerivedGrants(string Of, string Among)
{
    /// <summary>The accounts in a statement; to the letter, for another expression may take its place.</summary>
    public const string Asked = "$2::uuid[]";
}

/// <summary>Which ids are accounts or tokens somebody can use.</summary>
/// <param name="Sql">Those of the ids <c>$2</c> that the district <c>$1</c> has at the moment <c>$3</c>, each with the
/// word account or token.</param>
public sealed record GrantHolders(string Sql);
