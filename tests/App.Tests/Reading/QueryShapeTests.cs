using System.Globalization;
using System.Linq.Expressions;
using K12Hub.Hosting;

namespace K12Hub.App.Tests.Reading;

/// <summary>Which queries count as one, and which are left to EF.</summary>
public sealed class QueryShapeTests
{
    private static readonly IQueryable<Bus> Buses = Array.Empty<Bus>().AsQueryable();

    [Fact]
    public void Queries_that_differ_in_values_only_have_one_shape()
    {
        Assert.Equal(Shape(WithSeats(10)), Shape(WithSeats(20)));
        Assert.Equal([20], Read(WithSeats(20)).Values);

        static Expression<Func<Bus, bool>> WithSeats(int seats) => bus => bus.Seats == seats && bus.Name != "Bus 1";
    }

    [Fact]
    public void Queries_that_ask_something_else_have_another_shape()
    {
        var seats = 10;
        object?[][] shapes =
        [
            Shape(bus => bus.Seats == seats),
            Shape(bus => bus.Seats != seats),
            Shape(bus => bus.Seats == 10),
            Shape(bus => bus.Seats == 11),
            Shape(bus => bus.Name.StartsWith("Bus")),
            Shape(bus => bus.Name.EndsWith("Bus")),
            Shape(bus => bus.Name == "Bus"),
            Shape(bus => bus.Line == "Bus"),
            Shape(bus => !(bus.Line == "Bus")),
        ];

        for (var i = 0; i < shapes.Length; i++)
        {
            for (var j = 0; j < i; j++) Assert.NotEqual(shapes[i], shapes[j]);
        }
    }

    [Fact]
    public void A_value_captured_once_is_one_value()
    {
        var seats = Expression.Property(Expression.Constant(new { Seats = 7 }), "Seats");
        var bus = Expression.Parameter(typeof(Bus));
        var condition = Expression.Lambda(
            Expression.OrElse(
                Expression.Equal(Expression.Property(bus, nameof(Bus.Seats)), seats),
                Expression.GreaterThan(Expression.Property(bus, nameof(Bus.Seats)), seats)),
            bus);
        var shape = new QueryShape();

        Assert.True(shape.TryRead(condition));
        Assert.Equal([7], shape.Values);
    }

    [Fact]
    public void What_EF_would_compute_first_is_left_to_EF()
    {
        var seats = 10;
        var list = new List<int> { 1 };
        var query = Buses;

        Assert.False(IsKnown(bus => bus.Name == seats.ToString(CultureInfo.InvariantCulture)));
        Assert.False(IsKnown(bus => bus.Seats == seats + 1));
        Assert.False(IsKnown(bus => bus.Seats == list[0]));
        Assert.False(IsKnown(bus => bus.Seats == (long)seats));
        Assert.False(IsKnown(bus => bus.Id == Guid.NewGuid()));
        Assert.False(IsKnown(bus => query.Any(other => other.Id == bus.Id)));
    }

    [Fact]
    public void The_number_of_compiled_queries_is_bounded()
    {
        var compiled = new CompiledQueries(mostKept: 10);
        var shape = new QueryShape();
        for (var length = 0; length < 100; length++)
        {
            var name = Expression.Constant($"Bus {length}");
            Assert.True(shape.TryRead(name));
            compiled.Get<Bus>(shape, () => null!);
        }

        Assert.InRange(compiled.Count, 1, 10);
    }

    private static object?[] Shape(Expression<Func<Bus, bool>> condition) => [.. Read(condition).Parts];

    private static bool IsKnown(Expression<Func<Bus, bool>> condition) => new QueryShape().TryRead(condition);

    private static QueryShape Read(Expression<Func<Bus, bool>> condition)
    {
        var shape = new QueryShape();
        Assert.True(shape.TryRead(condition));
        return shape;
    }
}
