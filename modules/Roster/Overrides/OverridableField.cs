namespace K12Hub.Roster;

/// <summary>What a district may say otherwise than the source.</summary>
internal enum OverridableField
{
    /// <summary>First name in daily use.</summary>
    PreferredGivenName,

    /// <summary>Middle name in daily use.</summary>
    PreferredMiddleName,

    /// <summary>Last name in daily use.</summary>
    PreferredFamilyName,

    /// <summary>Pronouns.</summary>
    Pronouns,

    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>Telephone number.</summary>
    Phone,

    /// <summary>Number for text messages.</summary>
    Sms,

    /// <summary>The main school, by its id.</summary>
    School,

    /// <summary>The language spoken at home.</summary>
    HomeLanguage,

    /// <summary>The language to write and call in.</summary>
    ContactLanguage,
}
