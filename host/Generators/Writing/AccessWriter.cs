using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes who may use a field, or see objects of a type.</summary>
internal static class AccessWriter
{
    private const string Apply = "global::K12Hub.GraphQL.ApplyPolicy";

    /// <summary>Properties of a field's definition.</summary>
    public static void Write(CodeWriter code, AccessModel access)
    {
        code.Line($"Policy = {Text.Literal(access.Policy)},");
        if (access.Roles.Count > 0) code.Line($"Roles = {Roles(access)},");
        if (access.Apply != 0) code.Line($"ApplyPolicy = ({Apply}){access.Apply},");
    }

    /// <summary>Members of the class that fields ask which return the type.</summary>
    public static void Members(CodeWriter code, AccessModel access) => code
        .Line($"internal const string? Policy = {Text.Literal(access.Policy)};")
        .Line($"internal static readonly string[] Roles = {Roles(access)};")
        .Line($"internal const {Apply} ApplyPolicy = ({Apply}){access.Apply};")
        .Line($"internal const bool AllowAnonymous = {(access.AllowAnonymous ? "true" : "false")};");

    public static string Roles(AccessModel access) => $"[{string.Join(", ", access.Roles.Select(Text.Literal))}]";
}
