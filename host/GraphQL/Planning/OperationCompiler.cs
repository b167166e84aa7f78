using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>
/// Turns a validated operation into a plan: fragments expanded, type conditions and @skip/@include decided, fields of
/// one response name merged (specification 6.3.2), constant arguments coerced. What is left is what must happen.
/// </summary>
internal sealed class OperationCompiler
{
    private readonly Schema schema;
    private readonly DocumentNode document;
    private readonly Dictionary<string, bool?> conditions;
    private readonly RequestExecutorOptions options;
    private readonly int objectTypes;
    private int fields;

    private OperationCompiler(
        Schema schema, DocumentNode document, Dictionary<string, bool?> conditions, RequestExecutorOptions options)
    {
        this.schema = schema;
        this.document = document;
        this.conditions = conditions;
        this.options = options;
        objectTypes = schema.Types.Count(type => type is ObjectType);
    }

    /// <param name="schema">The schema the document was validated against.</param>
    /// <param name="document">The document, for its fragments.</param>
    /// <param name="operation">One of its operations.</param>
    /// <param name="conditions">The values of the variables that @skip and @include depend on.</param>
    /// <param name="options">The limits: more fields after expansion than allowed are a request error.</param>
    public static Plan Compile(
        Schema schema,
        DocumentNode document,
        OperationDefinitionNode operation,
        Dictionary<string, bool?> conditions,
        RequestExecutorOptions options)
    {
        var compiler = new OperationCompiler(schema, document, conditions, options);
        var selected = compiler.Compile(schema.RootType(operation.Operation)!, [operation.SelectionSet]);
        var price = PriceCompiler.Compile(schema, document, operation, conditions, options);
        return new Plan(operation.Operation, selected, price);
    }

    /// <summary>Compiles later what a plan left open: the selections on one object type of an abstract one.</summary>
    public SelectionSet CompileLater(ObjectType type, SelectionSetNode[] nodes) =>
        new OperationCompiler(schema, document, conditions, options).Compile(type, nodes);

    private SelectionSet Compile(ObjectType type, SelectionSetNode[] nodes)
    {
        var collector = new FieldCollector(schema, document, conditions);
        var collected = collector.Collect(type, nodes);
        if (collector.NullCondition is { } variable)
        {
            return new SelectionSet(type, []) { Failure = NullError(variable) };
        }

        var maxFields = options.Validation.MaxFields;
        if ((fields += collected.Count) > maxFields)
        {
            var first = collected.GetAt(0).Value[0];
            throw TooManyFields.At((first, schema.FindField(type, first.Name.Value)!), fields, maxFields);
        }

        var selections = new Selection[collected.Count];
        for (var i = 0; i < selections.Length; i++)
        {
            var (responseName, merged) = collected.GetAt(i);
            selections[i] = Compile(type, responseName, [.. merged]);
        }

        return new SelectionSet(type, selections) { Mark = options.AnswerWatch?.MarkOf(type, selections) };
    }

    // The condition takes no null; a variable with a default may be given one all the same (5.8.5).
    private static GraphQLError NullError(VariableNode variable) =>
        new($"Variable \"${variable.Name.Value}\" decides what is selected and must not be null.")
        {
            Code = VariableCoercer.Invalid,
            Locations = [new ErrorLocation(variable.Location.Line, variable.Location.Column)],
        };

    private Selection Compile(ObjectType type, string responseName, FieldNode[] nodes)
    {
        var field = schema.FindField(type, nodes[0].Name.Value)!;
        return new Selection(
            responseName,
            field,
            ResolverOf(field, type),
            ArgumentPlan.Compile(field, nodes[0]),
            PlanValue(field.Type, nodes, nonNull: false),
            nodes);
    }

    private static FieldResolver ResolverOf(FieldDefinition field, ObjectType type)
    {
        if (field.Name != "__typename") return field.Resolver ?? PropertyResolver.For(field.Name);

        var name = Encoding.UTF8.GetBytes($"\"{type.Name}\"");
        return new LeafResolver((object _, ref JsonArena json) => json.WriteRaw(name));
    }

    private ValuePlan PlanValue(IType type, FieldNode[] nodes, bool nonNull)
    {
        switch (type)
        {
            case NonNullType required:
                return PlanValue(required.OfType, nodes, nonNull: true);
            case ListType list:
                return new ValuePlan(ValueKind.List, nonNull, list)
                {
                    Item = PlanValue(list.OfType, nodes, nonNull: false),
                };
            case ObjectType objectType:
                return new ValuePlan(ValueKind.Composite, nonNull, objectType)
                {
                    Object = Compile(objectType, SelectedBelow(nodes)),
                };
            case TypeDefinition { IsAbstract: true } abstractType:
                return new ValuePlan(ValueKind.Abstract, nonNull, abstractType)
                {
                    Abstract = new AbstractSelection(this, abstractType, SelectedBelow(nodes), objectTypes),
                };
            default:
                return new ValuePlan(type is EnumType ? ValueKind.Enum : ValueKind.Scalar, nonNull, type);
        }
    }

    private static SelectionSetNode[] SelectedBelow(FieldNode[] nodes) =>
        [.. nodes.Select(node => node.SelectionSet).OfType<SelectionSetNode>()];
}
