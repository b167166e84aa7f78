namespace K12Hub.App;

/// <summary>Something that can be done but is not, unless the settings say so. The message says which.</summary>
internal sealed class RefusedException(string message) : Exception(message);
