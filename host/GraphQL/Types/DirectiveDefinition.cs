using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Where a directive may be applied (3.13): eight places in operations, eleven in schemas.</summary>
public enum DirectiveLocation
{
#pragma warning disable CS1591, CA1720 // The names are the specification's; a comment would repeat them.
    Query, Mutation, Subscription, Field, FragmentDefinition, FragmentSpread, InlineFragment, VariableDefinition,
    Schema, Scalar, Object, FieldDefinition, ArgumentDefinition, Interface, Union, Enum, EnumValue, InputObject,
    InputFieldDefinition,
#pragma warning restore CS1591, CA1720
}

/// <summary>A directive (3.13).</summary>
public sealed class DirectiveDefinition(string name)
{
    /// <summary>The name without "@".</summary>
    public string Name { get; } = name;

    /// <summary>What the directive does, in Markdown; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>The arguments.</summary>
    public IReadOnlyList<InputValueDefinition> Arguments { get; init; } = [];

    /// <summary>Whether it may be applied more than once at one place.</summary>
    public bool IsRepeatable { get; init; }

    /// <summary>Where it may be applied.</summary>
    public IReadOnlyList<DirectiveLocation> Locations { get; init; } = [];

    /// <summary>Whether the specification defines it.</summary>
    public bool IsBuiltIn { get; internal init; }

    /// <summary>The text it was read from.</summary>
    internal DirectiveDefinitionNode? Syntax { get; init; }

    /// <summary>The argument of that name; null when there is none.</summary>
    public InputValueDefinition? FindArgument(string argument)
    {
        foreach (var candidate in Arguments)
        {
            if (candidate.Name == argument) return candidate;
        }

        return null;
    }

    /// <summary>The coordinate.</summary>
    public override string ToString() => $"@{Name}";

    /// <summary>The place a name of the grammar means.</summary>
    internal static DirectiveLocation ParseLocation(string name) =>
        (DirectiveLocation)DirectiveLocations.Names.TakeWhile(known => known != name).Count();

    /// <summary>The name of a place in the grammar and in introspection.</summary>
    internal static string NameOf(DirectiveLocation location) => DirectiveLocations.Names[(int)location];
}
