using System.Collections;
using K12Hub.Contracts;

namespace K12Hub.Roster.Tests.Providing;

/// <summary>Every field of every list, with every comparison it allows, finds the records of which it is true: as LINQ
/// over all records says it.</summary>
public sealed class AskingTests(ProvidedDistrict provided) : IClassFixture<ProvidedDistrict>
{
    private const string Source = ImportOptions.MainSource;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<RosterList> Lists => [.. Enum.GetValues<RosterList>()];

    [Theory, MemberData(nameof(Lists))]
    public async Task Every_condition_finds_the_records_of_which_it_is_true(RosterList list)
    {
        var all = await provided.AllAsync(list);
        Assert.NotEmpty(all);
        foreach (var field in provided.Reader.FieldsOf(list))
        {
            foreach (var condition in ConditionsOn(field, all))
            {
                var found = await provided.WalkAsync(new(Source, list) { Limit = 10_000, Conditions = [condition] });
                var expected = all.Where(record => IsTrue(field, condition, record)).Select(record => record.SourcedId);
                Assert.Equal((condition, string.Join('\n', expected)),
                    (condition, string.Join('\n', found.Select(record => record.SourcedId))));
            }
        }
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task A_walk_by_small_pages_reads_what_one_page_holds_in_every_order(RosterList list)
    {
        foreach (var field in provided.Reader.FieldsOf(list).Where(field => field.CanSort))
        {
            foreach (var isDescending in (bool[])[false, true])
            {
                var question = new RosterQuestion(Source, list)
                {
                    Limit = 10_000, Sort = field.Name, IsDescending = isDescending,
                };
                var whole = await provided.WalkAsync(question);
                var walked = await provided.WalkAsync(question with { Limit = Math.Max(1, whole.Count / 3) });

                Assert.Equal(whole.Select(r => r.SourcedId), walked.Select(r => r.SourcedId));
                var expected = whole.OrderBy(r => ValueOf(field, r), Order.Of).ThenBy(
                    r => r.SourcedId, StringComparer.Ordinal);
                var ordered = isDescending ? expected.Reverse() : expected;
                Assert.Equal(ordered.Select(r => r.SourcedId), whole.Select(r => r.SourcedId));
            }
        }
    }

    [Fact]
    public async Task Conditions_hold_together_or_one_of_them()
    {
        var all = await provided.AllAsync(RosterList.Users);
        RosterCondition[] conditions =
        [
            new("familyName", RosterOperator.Contains, "AR"), new("status", RosterOperator.Equal, RecordStatus.Active),
        ];
        bool[] Of(RosterRecord user) =>
        [
            ((UserRecord)user).FamilyName.Contains("ar", StringComparison.OrdinalIgnoreCase),
            user.Status is RecordStatus.Active,
        ];

        var both = await provided.WalkAsync(new(Source, RosterList.Users) { Limit = 10_000, Conditions = conditions });
        var one = await provided.WalkAsync(
            new(Source, RosterList.Users) { Limit = 10_000, Conditions = conditions, IsAnyEnough = true });

        Assert.Equal(all.Where(user => Of(user).All(so => so)), both, Same.Key);
        Assert.Equal(all.Where(user => Of(user).Any(so => so)), one, Same.Key);
    }

    [Theory, MemberData(nameof(Lists))]
    public async Task A_record_is_found_by_its_key_in_its_lists_only(RosterList list)
    {
        var all = await provided.AllAsync(list);
        var others = Enum.GetValues<RosterList>().Where(other => other != list);

        var found = await provided.Reader.FindAsync(Source, list, all[^1].SourcedId, Ct);

        Assert.Equal(all[^1], found, Same.Key);
        Assert.Null(await provided.Reader.FindAsync(Source, list, all[^1].SourcedId + "x", Ct));
        Assert.Null(await provided.Reader.FindAsync("elsewhere", list, all[^1].SourcedId, Ct));
        foreach (var other in others)
        {
            var records = await provided.AllAsync(other);
            var isThere = records.Any(record => record.SourcedId == all[^1].SourcedId);
            Assert.Equal(isThere, await provided.Reader.FindAsync(Source, other, all[^1].SourcedId, Ct) is not null);
        }
    }

    private static IEnumerable<RosterCondition> ConditionsOn(RosterField field, List<RosterRecord> all)
    {
        var values = all.SelectMany(record => Values(field, record)).Distinct().ToList();
        object[] samples = values.Count == 0 ? [] : [values[0], values[values.Count / 2]];
        if (field.Type is RosterFieldType.Texts)
            samples = [.. samples.Select(sample => (object)(string[])[(string)sample])];
        return from with in Enum.GetValues<RosterOperator>()
               where field.Allows(with)
               from sample in samples
               let value = with is RosterOperator.Contains ? Part(sample) : sample
               select new RosterCondition(field.Name, with, value);
    }

    /// <summary>A part of a text, in other letters.</summary>
    private static object Part(object sample)
    {
        var text = sample is string[] list ? list[0] : (string)sample;
        return text.ToUpperInvariant()[(text.Length / 2)..];
    }

    private static bool IsTrue(RosterField field, RosterCondition condition, RosterRecord record)
    {
        var values = Values(field, record).ToList();
        if (condition.Operator is RosterOperator.Contains)
            return values.Any(v => ((string)v).Contains((string)condition.Value, StringComparison.OrdinalIgnoreCase));
        if (field.Type is RosterFieldType.Texts)
            return values.SequenceEqual((string[])condition.Value) == (condition.Operator is RosterOperator.Equal);
        if (condition.Operator is RosterOperator.NotEqual) return !values.Contains(condition.Value);

        return values.Any(value => (condition.Operator, Order.Of.Compare(value, condition.Value)) is
            (RosterOperator.Equal, 0) or (RosterOperator.Greater, > 0) or (RosterOperator.GreaterOrEqual, >= 0)
            or (RosterOperator.Less, < 0) or (RosterOperator.LessOrEqual, <= 0));
    }

    private static IEnumerable<object> Values(RosterField field, RosterRecord record) => ValueOf(field, record) switch
    {
        null => [],
        string text => [text],
        IEnumerable many => many.Cast<object>(),
        var one => [one],
    };

    /// <summary>The value under the name that our record has for the field.</summary>
    private static object? ValueOf(RosterField field, RosterRecord record)
    {
        var roles = (record as UserRecord)?.Roles.Where(_ => record.Status is RecordStatus.Active);
        if (field.Name == "roles.role") return roles!.Select(role => role.Role);
        if (field.Name == "roles.org.sourcedId") return roles!.Select(role => role.OrgSourcedId);

        var own = field.Name switch
        {
            "preferredFirstName" => "PreferredGivenName",
            "preferredLastName" => "PreferredFamilyName",
            _ => field.Name.Replace(".sourcedId", "SourcedId", StringComparison.Ordinal),
        };
        own = char.ToUpperInvariant(own[0]) + own[1..];
        var property = record.GetType().GetProperty(own)
            ?? record.GetType().GetProperty(own.Replace("sSourcedId", "SourcedIds", StringComparison.Ordinal));
        return property!.GetValue(record);
    }

    /// <summary>Texts by code points, nothing like an empty text, everything else as it compares itself.</summary>
    private sealed class Order : IComparer<object?>
    {
        public static readonly Order Of = new();

        public int Compare(object? x, object? y) => x is string or null && y is string or null
            ? string.CompareOrdinal((string?)x ?? "", (string?)y ?? "")
            : Comparer<object>.Default.Compare(x, y);
    }

    private sealed class Same : IEqualityComparer<RosterRecord?>
    {
        public static readonly Same Key = new();

        public bool Equals(RosterRecord? x, RosterRecord? y) => x?.SourcedId == y?.SourcedId;

        public int GetHashCode(RosterRecord obj) => obj.SourcedId.GetHashCode(StringComparison.Ordinal);
    }
}
