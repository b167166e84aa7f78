using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// One field does not occur more than <see cref="ValidationOptions.MaxRepetition"/> times on a path: a circle such as
/// student, guardians, students, guardians multiplies the answer at every turn.
/// </summary>
internal sealed class MaxFieldRepetition(ValidationContext context) : Rule(context)
{
    public override void LeaveOperation(OperationDefinitionNode operation) => Context.AfterMeasuring(
        this, operation, "repetition", LimitCode.Repetition, place => $"{place} repeats within itself");
}
