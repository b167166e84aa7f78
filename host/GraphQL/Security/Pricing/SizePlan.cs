using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>How many values one selected list field gives: what its slicing arguments say, or what is
/// assumed.</summary>
internal sealed class SizePlan
{
    private readonly (double? Constant, string? Variable, double? Otherwise)[] arguments;
    private readonly double whenNone;

    /// <summary>A size that is always the same.</summary>
    public SizePlan(double constant)
    {
        arguments = [];
        whenNone = constant;
    }

    public SizePlan(FieldDefinition field, FieldNode node, ListSize size, int assumed)
    {
        whenNone = size.SlicingArgumentDefaultValue ?? size.AssumedSize ?? assumed;
        MustGiveOne = size.RequireOneSlicingArgument && size.SlicingArguments.Count > 0;
        arguments = new (double?, string?, double?)[size.SlicingArguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            var definition = field.FindArgument(size.SlicingArguments[i])!;
            var otherwise = definition.DefaultValue is null ? null : SizeOf(definition.CoercedDefault);
            arguments[i] = node.Arguments.FirstOrDefault(given => given.Name.Value == definition.Name)?.Value switch
            {
                null => (otherwise, null, null),
                VariableNode variable => (null, variable.Name.Value, otherwise),
                var literal => (SizeOf(literal), null, null),
            };
        }
    }

    /// <summary>Whether a request that does not give exactly one argument is refused.</summary>
    public bool MustGiveOne { get; }

    public bool IsConstant => Array.TrueForAll(arguments, argument => argument.Variable is null);

    public double Of(in PriceValues values)
    {
        double? largest = null;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (Given(arguments[i], values) is { } size && !(size <= largest)) largest = size;
        }

        return largest ?? whenNone;
    }

    /// <summary>How many of the slicing arguments have a value.</summary>
    public int CountGiven(in PriceValues values)
    {
        var count = 0;
        foreach (var argument in arguments)
        {
            if (Given(argument, values) is not null) count++;
        }

        return count;
    }

    private static double? Given(
        (double? Constant, string? Variable, double? Otherwise) argument, in PriceValues values)
    {
        if (argument.Variable is null) return argument.Constant;
        return values.TryGet(argument.Variable, out var value) ? SizeOf(value) : argument.Otherwise;
    }

    private static double? SizeOf(object? coerced) => coerced switch
    {
        int number => Math.Max(0, number),
        long number => Math.Max(0, number),
        object?[] items => items.Length,
        _ => null,
    };

    private static double? SizeOf(ValueNode literal) => literal switch
    {
        IntValueNode number when double.TryParse(number.Value, out var size) => Math.Max(0, size),
        ListValueNode list => list.Values.Length,
        NullValueNode => null,
        _ => 1,
    };
}
