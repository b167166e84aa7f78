using System.Collections.ObjectModel;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace K12Hub.Hosting;

/// <summary>Tells apart what a query is and what it is asked with: reads a LINQ expression into the parts that make
/// its shape, and the values captured in it. Two queries of one shape can share one compiled query.</summary>
/// <remarks>Knows the nodes our queries are made of. What it does not know, or what EF would compute before asking,
/// such as a method called on a captured value, has no shape; such a query takes EF's own way.</remarks>
internal sealed class QueryShape
{
    // As many parameters as EF.CompileAsyncQuery takes.
    private const int MostValues = 15;

    private readonly List<object?> parts = [];
    private readonly List<Expression> captured = [];
    private readonly List<object?> values = [];
    private readonly List<ParameterExpression> scope = [];
    private bool isKnown;

    /// <summary>What kind of value a node has.</summary>
    private enum Origin
    {
        Constant,
        Captured,
        Row,
    }

    /// <summary>Equal for queries of one shape.</summary>
    public List<object?> Parts => parts;

    /// <summary>The nodes that hold captured values, in order.</summary>
    public List<Expression> Captured => captured;

    /// <summary>The captured values, in the same order.</summary>
    public object?[] Values => [.. values];

    /// <summary>The parts as they are now, to be kept.</summary>
    public object?[] Key => [.. parts];

    /// <summary>Adds what is made of the query that was read, and with which values.</summary>
    /// <returns>False when there are too many values.</returns>
    public bool TryAdd(object part, IReadOnlyList<object?> more)
    {
        parts.Add(part);
        values.AddRange(more);
        return values.Count <= MostValues;
    }

    /// <summary>Starts the shape of a query that is told by what composes it, forgetting the one before.</summary>
    public void Begin(object recipe, object? columns, object keys)
    {
        parts.Clear();
        captured.Clear();
        values.Clear();
        parts.Add(recipe);
        parts.Add(columns);
        values.Add(keys);
    }

    /// <summary>Reads a query, forgetting the one before.</summary>
    /// <returns>False when it has no shape.</returns>
    public bool TryRead(Expression query)
    {
        parts.Clear();
        captured.Clear();
        values.Clear();
        scope.Clear();
        isKnown = true;
        Read(query);
        return isKnown && values.Count <= MostValues;
    }

    private Origin Read(Expression? node)
    {
        if (node is null)
        {
            parts.Add(null);
            return Origin.Constant;
        }

        parts.Add(Number.Of((int)node.NodeType));
        return node switch
        {
            MemberExpression member => ReadMember(member),
            ConstantExpression constant => ReadConstant(constant),
            ParameterExpression parameter => Keep(Number.Of(scope.LastIndexOf(parameter)), Origin.Row),
            UnaryExpression unary => ReadUnary(unary),
            BinaryExpression { Conversion: null } binary => ReadBinary(binary),
            MethodCallExpression call => ReadCall(call),
            LambdaExpression lambda => ReadLambda(lambda),
            NewExpression made => Made(Keep(made.Constructor, ReadAll(made.Arguments))),
            MemberInitExpression made => ReadMemberInit(made),
            ConditionalExpression choice => Both(Both(Read(choice.Test), Read(choice.IfTrue)), Read(choice.IfFalse)),
            DefaultExpression { Type: var type } => Keep(type, Origin.Constant),
            EntityQueryRootExpression root => Keep(root.EntityType, Origin.Row),
            _ => Unknown(),
        };
    }

    private Origin ReadMember(MemberExpression member)
    {
        if (member.Type == typeof(DbFunctions)) return Keep(member.Member, Origin.Constant);
        if (CapturedValue.TryGet(member, out var value)) return Capture(member, value);

        parts.Add(member.Member);
        return Read(member.Expression) is Origin.Row ? Origin.Row : Unknown();
    }

    private Origin ReadConstant(ConstantExpression constant)
    {
        parts.Add(constant.Type);
        parts.Add(constant.Value);
        var comparesByValue = constant.Value is null or string or Type or ValueType;
        return comparesByValue ? Origin.Constant : Unknown();
    }

    private Origin ReadUnary(UnaryExpression unary)
    {
        parts.Add(unary.Type);
        parts.Add(unary.Method);
        var origin = Read(unary.Operand);
        // A captured value that is only widened stays what it is; anything else EF would compute.
        return origin is Origin.Captured && !IsWidening(unary) ? Unknown() : origin;
    }

    private static bool IsWidening(UnaryExpression unary) => unary.NodeType is ExpressionType.Convert
        && unary.Method is null && unary.Type != typeof(object) && unary.Type.IsAssignableFrom(unary.Operand.Type);

    private Origin ReadBinary(BinaryExpression binary)
    {
        parts.Add(binary.Method);
        return Made(Both(Read(binary.Left), Read(binary.Right)));
    }

    private Origin ReadCall(MethodCallExpression call)
    {
        parts.Add(call.Method);
        var origin = Both(Read(call.Object), ReadAll(call.Arguments));
        if (call.Method.DeclaringType == typeof(ValueTuple)) return Origin.Row;
        return origin is Origin.Row ? origin : Unknown();
    }

    private Origin ReadLambda(LambdaExpression lambda)
    {
        parts.Add(lambda.Type);
        var outer = scope.Count;
        scope.AddRange(lambda.Parameters);
        Read(lambda.Body);
        scope.RemoveRange(outer, scope.Count - outer);
        return Origin.Row;
    }

    private Origin ReadMemberInit(MemberInitExpression made)
    {
        var origin = Read(made.NewExpression);
        parts.Add(Number.Of(made.Bindings.Count));
        foreach (var binding in made.Bindings)
        {
            parts.Add(binding.Member);
            origin = Both(origin, binding is MemberAssignment assigned ? Read(assigned.Expression) : Unknown());
        }

        return Made(origin);
    }

    private Origin ReadAll(ReadOnlyCollection<Expression> nodes)
    {
        var origin = Origin.Constant;
        for (var i = 0; i < nodes.Count; i++) origin = Both(origin, Read(nodes[i]));
        return origin;
    }

    private Origin Capture(Expression node, object? value)
    {
        var index = captured.IndexOf(node);
        if (index < 0)
        {
            index = captured.Count;
            captured.Add(node);
            values.Add(value);
        }

        parts.Add(node.Type);
        return Keep(Number.Of(index), Origin.Captured);
    }

    // What is made of captured values alone, EF computes and sends as one parameter.
    private Origin Made(Origin origin) => origin is Origin.Captured ? Unknown() : origin;

    private static Origin Both(Origin left, Origin right) => left > right ? left : right;

    private Origin Keep(object? part, Origin origin)
    {
        parts.Add(part);
        return origin;
    }

    private Origin Unknown()
    {
        isKnown = false;
        return Origin.Row;
    }

    /// <summary>A number among the parts; compared by identity, so that it equals no constant of a query.</summary>
    private sealed class Number
    {
        private static readonly Number[] Known = [.. Enumerable.Range(0, 256).Select(_ => new Number())];

        // Larger ones never meet: such a query is compiled anew, which does not happen to queries of ours.
        public static Number Of(int value) => value >= 0 && value < Known.Length ? Known[value] : new Number();
    }
}
