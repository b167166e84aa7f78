using System.Globalization;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Security;

/// <summary>The price of a compiled operation as a function of its variables. What no variable changes is added up
/// already; the rest takes one step per selected field and no memory.</summary>
internal sealed class PricePlan(PriceNode[] roots, double rootWeight, VariablePrices variables, CostLimits limits)
{
    /// <summary>The code of a list without exactly one argument that bounds it.</summary>
    public const string SlicingArgument = "GRAPHQL_SLICING_ARGUMENT";

    private const int MostOnStack = 128;

    private readonly bool isBounded = HaveToGiveOne(roots);

    /// <summary>Prices one request.</summary>
    /// <param name="values">Its coerced variables.</param>
    /// <param name="json">The variables as they came.</param>
    /// <param name="cost">The price.</param>
    /// <returns>Why the request is refused; null when it may run.</returns>
    public GraphQLError? Check(
        IReadOnlyDictionary<string, object?> values, ReadOnlySpan<byte> json, out OperationCost cost)
    {
        var inputs = variables.Count <= MostOnStack ? stackalloc double[variables.Count] : new double[variables.Count];
        inputs.Clear();
        if (variables.Count > 0) variables.Measure(json, inputs);
        var request = new PriceValues(values, inputs);
        cost = Of(request);
        if (isBounded && Unbounded(roots, request) is { } list) return list;
        return cost.IsWithin(limits) ? null : Refusal(request, cost);
    }

    private OperationCost Of(in PriceValues request)
    {
        var (field, type) = (0.0, rootWeight);
        foreach (var root in roots)
        {
            var price = root.Of(request, 1);
            field += price.FieldCost;
            type += price.TypeCost;
        }

        return new OperationCost(field, type);
    }

    private GraphQLError Refusal(in PriceValues request, OperationCost cost)
    {
        var isField = cost.FieldCost > limits.MaxFieldCost;
        var (kind, limit, actual) = isField
            ? ("field", limits.MaxFieldCost, cost.FieldCost)
            : ("type", limits.MaxTypeCost, cost.TypeCost);
        var total = isField ? 0 : rootWeight;
        var over = PassesAt(roots, request, (1, 1), isField, limit, ref total) ?? roots[^1];
        var coordinate = over.Alternatives[0].Field.Coordinate;
        return new GraphQLError(string.Create(
            CultureInfo.InvariantCulture,
            $"The operation has a {kind} cost of {actual:#,0.##}; at most {limit:#,0.##} is allowed, "
                + $"which is passed at {coordinate}. Ask for smaller pages, or for less below them."))
        {
            Code = LimitCode.Cost,
            Locations = [new ErrorLocation(over.Syntax.Location.Line, over.Syntax.Location.Column)],
            Extensions = new PassedLimit($"{kind}Cost", limit, actual, coordinate).ToExtensions(),
        };
    }

    /// <summary>The first field, in the order of the document, at which the sum passes the limit.</summary>
    private static PriceNode? PassesAt(
        PriceNode[] nodes,
        in PriceValues request,
        (double Parents, double Size) above,
        bool isField,
        double limit,
        ref double total)
    {
        foreach (var node in nodes)
        {
            var (weight, typeWeight, size, times) = node.Here(request, above.Size);
            total += above.Parents * (isField ? weight : times * typeWeight);
            if (total > limit) return node;
            var below = (above.Parents * times, size);
            if (PassesAt(node.Children, request, below, isField, limit, ref total) is { } found) return found;
        }

        return null;
    }

    private static GraphQLError? Unbounded(PriceNode[] nodes, in PriceValues request)
    {
        foreach (var node in nodes)
        {
            foreach (var price in node.Alternatives)
            {
                if (price.Size is not { MustGiveOne: true } size || size.CountGiven(request) == 1) continue;
                var names = string.Join(", ", price.Field.ListSize!.SlicingArguments);
                return new GraphQLError(
                    $"{price.Field.Coordinate} needs exactly one of its arguments {names}; {size.CountGiven(request)} "
                        + "are given.")
                {
                    Code = SlicingArgument,
                    Locations = [new ErrorLocation(node.Syntax.Location.Line, node.Syntax.Location.Column)],
                    Extensions = new Dictionary<string, object?> { ["coordinate"] = price.Field.Coordinate },
                };
            }

            if (Unbounded(node.Children, request) is { } below) return below;
        }

        return null;
    }

    private static bool HaveToGiveOne(PriceNode[] nodes) => Array.Exists(nodes, node =>
        Array.Exists(node.Alternatives, price => price.Size is { MustGiveOne: true }) || HaveToGiveOne(node.Children));
}
