using K12Hub.Contracts;

namespace K12Hub.StaffDirectory.Tests.Contacts;

/// <summary>Whatever happened to assignments and the roster, nobody is named who is not there.</summary>
public sealed class ContactHistoryTests
{
    private static readonly Guid[] Schools = [Id(1), Id(2)];
    private static readonly Guid Office = Id(3);
    private static readonly Guid[] Positions = [Id(11), Id(12)];
    private static readonly Guid[] People = [Id(21), Id(22), Id(23), Id(24)];
    private static readonly DateOnly FirstDay = new(2026, 1, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public void Nobody_who_is_absent_or_whose_days_are_over_is_named(int seed)
    {
        for (var round = 0; round < 500; round++)
        {
            var dice = new Random((seed * 1_000) + round);
            var holders = Enumerable.Range(0, dice.Next(12)).Select(_ => SomeHolder(dice)).ToList();
            var staff = People.Where(_ => dice.Next(3) > 0)
                .ToDictionary(id => id, id => new StaffToday(id, $"{id}", null));
            var places = Schools.Append(Office).Where(_ => dice.Next(5) > 0)
                .ToDictionary(id => id, id => new PlaceToday(id, $"{id}", id == Office ? "district" : "school"));
            var on = FirstDay.AddDays(dice.Next(60));
            var steps = Positions.SelectMany(position => Enum.GetValues<ContactPlace>()
                .Select(place => new ContactStep(position, place, null, 2))).ToList();

            var found = new ContactRules(holders, staff, places).Contacts(
                new(Id(31), Schools[dice.Next(2)], ContactAudience.Family, on), ContactPlace.District, steps);

            Assert.Equal(steps.Count, found.Count);
            foreach (var contact in found) Check(contact, holders, staff, places, on, $"seed {seed}, round {round}");
        }
    }

    private static void Check(
        AreaContact contact, List<Holder> holders, Dictionary<Guid, StaffToday> staff,
        Dictionary<Guid, PlaceToday> places, DateOnly on, string which)
    {
        if (contact.PersonName is not { } name) return;

        Assert.True(
            holders.Exists(one => $"{one.Person}" == name && one.Position == contact.PositionId
                && one.FirstDay <= on && (one.LastDay is null || one.LastDay >= on) && staff.ContainsKey(one.Person)
                && places.TryGetValue(one.Organization, out var place) && place.Name == contact.PlaceName
                && (place.Type == "school") == (contact.Place is ContactPlace.School)),
            which);
    }

    private static Holder SomeHolder(Random dice)
    {
        var first = FirstDay.AddDays(dice.Next(60));
        return new(
            Positions[dice.Next(2)], dice.Next(3) == 0 ? Office : Schools[dice.Next(2)], People[dice.Next(4)], first,
            dice.Next(2) == 0 ? null : first.AddDays(dice.Next(20)), dice.Next(2) == 0);
    }

    private static Guid Id(int number) => new($"00000000-0000-4000-8000-{number:000000000000}");
}
