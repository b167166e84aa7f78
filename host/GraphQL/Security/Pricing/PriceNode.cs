using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Security;

/// <summary>What one field of a type adds to the price where it is selected.</summary>
/// <param name="Field">The field.</param>
/// <param name="Weight">Of asking once.</param>
/// <param name="TypeWeight">Of one value in the answer.</param>
/// <param name="Inputs">What its arguments add to the weight.</param>
/// <param name="Size">How many values it gives; null when its parent says it.</param>
/// <param name="HoldsSized">Whether the size is that of fields below, not its own.</param>
internal sealed record FieldPrice(
    FieldDefinition Field, double Weight, double TypeWeight, InputPrice Inputs, SizePlan? Size, bool HoldsSized)
{
    public double WeightOf(in PriceValues values) => Weight + Inputs.Of(values);

    public double SizeOf(in PriceValues values, double parentSize) => Size?.Of(values) ?? parentSize;

    public bool IsConstant(bool parentIs) => Inputs.IsConstant && (Size?.IsConstant ?? parentIs);
}

/// <summary>All that is selected under one response name. Below an interface or union it may be a field of one type or
/// another; then the dearer counts, so that the price holds for whatever comes.</summary>
internal sealed class PriceNode(FieldNode syntax, FieldPrice[] alternatives, PriceNode[] children)
{
    private OperationCost? constant;

    public FieldNode Syntax { get; } = syntax;

    public FieldPrice[] Alternatives { get; } = alternatives;

    public PriceNode[] Children { get; } = children;

    /// <summary>The price of the field once, with all that is below it.</summary>
    /// <param name="values">The request.</param>
    /// <param name="parentSize">How many values the parent says that its sized fields have.</param>
    public OperationCost Of(in PriceValues values, double parentSize)
    {
        if (constant is { } known) return known;

        var (weight, typeWeight, size, times) = Here(values, parentSize);
        var (field, type) = (0.0, 0.0);
        foreach (var child in Children)
        {
            var below = child.Of(values, size);
            field += below.FieldCost;
            type += below.TypeCost;
        }

        return new OperationCost(weight + Times(times, field), Times(times, typeWeight + type));
    }

    /// <summary>The field itself: weights, size, and how often what is below it is asked for.</summary>
    public (double Weight, double TypeWeight, double Size, double Times) Here(in PriceValues values, double parentSize)
    {
        var (weight, typeWeight, size, times) = (0.0, 0.0, 0.0, 0.0);
        foreach (var field in Alternatives)
        {
            var own = field.SizeOf(values, parentSize);
            weight = Math.Max(weight, field.WeightOf(values));
            typeWeight = Math.Max(typeWeight, field.TypeWeight);
            size = Math.Max(size, own);
            times = Math.Max(times, field.HoldsSized ? 1 : own);
        }

        return (weight, typeWeight, size, times);
    }

    /// <summary>Adds up once what no variable changes.</summary>
    /// <returns>Whether all of it could be added up.</returns>
    public bool Fold(double parentSize, bool parentIsConstant)
    {
        var isConstant = Array.TrueForAll(Alternatives, field => field.IsConstant(parentIsConstant));
        var size = isConstant ? Here(PriceValues.None, parentSize).Size : 0;
        var areChildren = true;
        foreach (var child in Children) areChildren &= child.Fold(size, isConstant);
        if (!isConstant || !areChildren) return false;

        constant = Of(PriceValues.None, parentSize);
        return true;
    }

    // Nothing below an empty list costs nothing, however dear one would be.
    private static double Times(double times, double each) => times == 0 ? 0 : times * each;
}
