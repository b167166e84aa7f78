namespace K12Hub.OneRoster.Rest.Access;

/// <summary>How a source wants to know who asks.</summary>
public enum AuthStyle
{
    /// <summary>OAuth 2 client credentials, id and secret as HTTP Basic.</summary>
    Basic,

    /// <summary>OAuth 2 client credentials, id and secret in the form.</summary>
    Form,

    /// <summary>OAuth 2 client credentials, id and secret in the query of the token's address.</summary>
    Query,

    /// <summary>A token that does not change.</summary>
    Bearer,

    /// <summary>OAuth 1.0a with HMAC-SHA256.</summary>
    OAuth1,

    /// <summary>OAuth 1.0a with HMAC-SHA1, for servers that know no other.</summary>
    OAuth1Sha1,
}
