using K12Hub.Contracts;

namespace K12Hub.StaffDirectory.Tests.Contacts;

/// <summary>Whatever happened to assignments, absences and the roster, nobody is named who is not there.</summary>
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
    public void Whoever_is_there_is_named_and_nobody_who_is_away_or_gone(int seed)
    {
        var (named, standIns, vacant) = (0, 0, 0);
        for (var round = 0; round < 500; round++)
        {
            var dice = new Random((seed * 1_000) + round);
            var holders = Enumerable.Range(0, dice.Next(30)).Select(_ => SomeHolder(dice)).ToList();
            var away = Enumerable.Range(0, dice.Next(10)).Select(_ => SomeAbsence(dice)).ToList();
            var staff = People.Where(_ => dice.Next(5) > 0)
                .ToDictionary(id => id, id => new StaffToday(id, $"{id}", null));
            var places = Schools.Append(Office).Where(_ => dice.Next(5) > 0)
                .ToDictionary(id => id, id => new PlaceToday(id, $"{id}", id == Office ? "district" : "school"));
            var asked = new ContactKey(
                Id(31), Schools[dice.Next(2)], ContactAudience.Family, FirstDay.AddDays(dice.Next(60)));
            var steps = Positions.SelectMany(position => Enum.GetValues<ContactPlace>()
                .Select(place => new ContactStep(position, place, null, 2))).ToList();

            var found = new ContactRules(holders, away, staff, places).Contacts(asked, ContactPlace.District, steps);

            Assert.Equal(steps.Count, found.Count);
            foreach (var contact in found)
            {
                var expected = Expected(contact, holders, away, staff, places, asked);
                Assert.True(
                    contact.PersonName == (expected is { } one ? $"{one.Person}" : null)
                    && contact.IsStandIn == (expected?.IsStandIn ?? false)
                    && (contact.PersonName is null || contact.PlaceName == $"{expected!.Value.Place}"),
                    $"seed {seed}, round {round}: {contact}");
                named += contact.IsVacant || contact.IsStandIn ? 0 : 1;
                standIns += contact.IsStandIn ? 1 : 0;
                vacant += contact.IsVacant ? 1 : 0;
            }
        }

        Assert.All([named, standIns, vacant], many => Assert.True(many > 20, $"{named}, {standIns}, {vacant}"));
    }

    /// <summary>The same said another way: one after the other, and the best of those that are left.</summary>
    private static (Guid Person, Guid Place, bool IsStandIn)? Expected(
        AreaContact contact, List<Holder> holders, List<KnownAbsence> away, Dictionary<Guid, StaffToday> staff,
        Dictionary<Guid, PlaceToday> places, ContactKey asked)
    {
        (Guid Person, Guid Place, bool IsStandIn)? best = null;
        var (bestRank, on) = ("", asked.On);
        foreach (var one in holders)
        {
            if (one.Position != contact.PositionId || !staff.ContainsKey(one.Person)) continue;
            if (on < one.FirstDay || on > (one.LastDay ?? DateOnly.MaxValue)) continue;
            if (!places.TryGetValue(one.Organization, out var place)) continue;
            if (contact.Place is ContactPlace.School ? one.Organization != asked.School : place.Type == "school")
                continue;

            var who = one.Person;
            for (var turns = 0; turns < 9 && who != default && IsAway(who); turns++)
            {
                who = away.First(absence => absence.Person == who && IsOn(absence)).Deputy ?? default;
            }

            if (who == default || IsAway(who) || !staff.ContainsKey(who)) continue;
            var rank = $"{who != one.Person}{!one.IsPrimary}{one.FirstDay:O}{one.Person}";
            if (best is not null && string.CompareOrdinal(rank, bestRank) >= 0) continue;
            (best, bestRank) = ((who, one.Organization, who != one.Person), rank);
        }

        return best;

        bool IsOn(KnownAbsence absence) => absence.FirstDay <= on && on <= absence.LastDay;
        bool IsAway(Guid person) => away.Exists(absence => absence.Person == person && IsOn(absence));
    }

    private static KnownAbsence SomeAbsence(Random dice)
    {
        var first = FirstDay.AddDays(dice.Next(60));
        return new(
            Id(dice.Next(1_000, 9_000)), People[dice.Next(4)], first, first.AddDays(dice.Next(40)),
            dice.Next(4) == 0 ? null : People[dice.Next(4)]);
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
