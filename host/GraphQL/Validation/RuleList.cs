namespace K12Hub.GraphQL.Validation;

/// <summary>Every rule, in the order of the sections of chapter 5, then the server's own.</summary>
internal static class RuleList
{
    public static Rule[] Create(ValidationContext context) =>
    [
        new ExecutableDefinitions(context),
        new KnownOperationTypes(context),
        new UniqueOperationNames(context),
        new LoneAnonymousOperation(context),
        new SingleFieldSubscriptions(context),
        new FieldsOnCorrectType(context),
        new OverlappingFieldsCanBeMerged(context),
        new ScalarLeafs(context),
        new KnownArgumentNames(context),
        new UniqueArgumentNames(context),
        new ProvidedRequiredArguments(context),
        new UniqueFragmentNames(context),
        new KnownTypeNames(context),
        new FragmentsOnCompositeTypes(context),
        new NoUnusedFragments(context),
        new KnownFragmentNames(context),
        new NoFragmentCycles(context),
        new PossibleFragmentSpreads(context),
        new ValuesOfCorrectType(context),
        new UniqueInputFieldNames(context),
        new KnownDirectives(context),
        new UniqueDirectivesPerLocation(context),
        new UniqueVariableNames(context),
        new VariablesAreInputTypes(context),
        new NoUndefinedVariables(context),
        new NoUnusedVariables(context),
        new VariablesInAllowedPosition(context),
        new MaxIntrospectionDepth(context),
        new IntrospectionAllowed(context),
        new MaxFieldDepth(context),
        new MaxFieldRepetition(context),
        new MaxFields(context),
        new MaxRootFields(context),
        new MaxFragmentVisits(context),
        new MaxNesting(context),
        new MaxAliases(context),
    ];
}
