using System.Globalization;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Tests.Types;

public sealed class ResultCoercionTests
{
    public static TheoryData<string, object, object?> Results => new()
    {
        { "Int", 1, 1 },
        { "Int", 1.0, 1 },
        { "Int", "123", 123 },
        { "Int", 1.2, null },
        { "Int", 3_000_000_000L, null },
        { "Int", double.NaN, null },
        { "Float", 1.5, 1.5 },
        { "Float", "1.5", 1.5 },
        { "Float", double.PositiveInfinity, null },
        { "String", "a", "a" },
        { "String", true, "true" },
        { "String", 1.5, "1.5" },
        { "Boolean", false, false },
        { "Boolean", 1, true },
        { "Boolean", "true", null },
        { "ID", "a", "a" },
        { "ID", 7, "7" },
        { "ID", 1.5, null },
        { "Long", 3_000_000_000L, 3_000_000_000L },
        { "UUID", Guid.Empty, "00000000-0000-0000-0000-000000000000" },
        { "LocalDate", new DateOnly(2026, 9, 1), "2026-09-01" },
        { "LocalDate", "soon", null },
        { "LocalTime", new TimeOnly(7, 45), "07:45:00" },
        { "LocalTime", "noon", null },
        { "Duration", new TimeSpan(1, 2, 30, 0), "P1DT2H30M" },
        { "URI", new Uri("https://k12hub.example/help"), "https://k12hub.example/help" },
        { "URI", "help", null },
        { "Decimal", 12.50m, 12.50m },
        { "Decimal", 7, 7m },
        { "Decimal", double.NaN, null },
        { "DateTime", new DateTimeOffset(2026, 9, 1, 8, 0, 0, TimeSpan.Zero), "2026-09-01T08:00:00Z" },
        {
            "DateTime",
            DateTimeOffset.Parse("2026-09-01T08:00:00.25-06:00", CultureInfo.InvariantCulture),
            "2026-09-01T08:00:00.25-06:00"
        },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void A_scalar_answers_what_it_can_represent(string scalar, object value, object? answer)
    {
        var result = BuiltInScalars.ByName[scalar].CoerceResult(value);
        Assert.Equal(answer is not null, result.IsOk);
        Assert.Equal(answer, result.Value);
    }

    [Fact]
    public void An_enum_answers_the_name_of_its_value()
    {
        var grade = new EnumType("Grade") { Values = [new("NINTH") { Value = 9 }, new("TENTH")] };
        Assert.Equal("NINTH", grade.NameOf(9));
        Assert.Equal("NINTH", grade.NameOf("NINTH"));
        Assert.Equal("TENTH", grade.NameOf("TENTH"));
        Assert.Null(grade.NameOf(10));
    }
}
