using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Tests.Validation;

public sealed class SingleFieldSubscriptionsTests
{
    [Fact]
    public void One_field_selected_twice_is_one_field() => TestRules.Valid<SingleFieldSubscriptions>(
        "subscription { enrolled { id } ...F } fragment F on Subscription { enrolled { name } }");

    [Fact]
    public void Two_fields_are_too_many() => Assert.Equal(
        "3:3",
        TestRules.Complaints<SingleFieldSubscriptions>(
            """
            subscription {
              enrolled { id }
              left { id }
            }
            """));

    [Fact]
    public void Two_fields_in_a_fragment_are_too_many() => Assert.Equal(
        "4:3",
        TestRules.Complaints<SingleFieldSubscriptions>(
            """
            subscription { ...F }
            fragment F on Subscription {
              enrolled { id }
              left { id }
            }
            """));

    [Fact]
    public void An_introspection_field_is_no_event() => Assert.Equal(
        "1:16",
        TestRules.Complaints<SingleFieldSubscriptions>(
            "subscription { __typename }"));

    [Fact]
    public void A_condition_could_leave_nothing() => Assert.Equal(
        "1:41",
        TestRules.Complaints<SingleFieldSubscriptions>(
            "subscription ($on: Boolean!) { enrolled @include(if: $on) { id } }"));
}
