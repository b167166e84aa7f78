namespace System.Runtime.CompilerServices;

/// <summary>What the compiler needs for records; newer frameworks than a compiler plug-in may use have it.</summary>
internal static class IsExternalInit;
