namespace K12Hub.OneRoster;

/// <summary>The versions that are read. They differ in where roles stand and in a few columns of users.</summary>
internal enum OneRosterVersion
{
    V11,
    V12,
}
