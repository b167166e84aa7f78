namespace K12Hub.Roster.Tests.History;

/// <summary>The movement ledger: who came, went and changed schools, when as the source has it, and put right when the
/// source puts it right.</summary>
public sealed class MovementTests
{
    [Fact]
    public async Task Who_is_there_at_first_was_there_before()
    {
        await using var nights = await Nights.BeginAsync();
        Assert.Empty(await nights.LedgerAsync());
        Assert.Equal("5", await nights.District.OneAsync(
            "select count(*) from roster.movements where is_baseline and kind = 'entry'"));

        // As the source has it: by the role, by the first day in a class, or just by being found.
        Assert.Equal(
            ["bea 2026-09-07", "bob 2026-09-07", "bud 2026-09-07", "leo 2026-08-31", "mia 2026-08-31"],
            await nights.District.ListAsync(
                """
                select p.sourced_id || ' ' || m.moved_on from roster.movements m
                  join roster.people p on p.id = m.person_id order by 1
                """));
    }

    [Fact]
    public async Task Somebody_comes_changes_schools_goes_and_comes_back()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-01", "amy lincoln 03");
        await nights.SendAsync("2026-11-02", "amy oak 03");
        await nights.SendAsync("2027-02-01");
        await nights.SendAsync("2027-03-01", "amy oak 03");
        Assert.Equal(
            [
                "amy entry 2026-10-01 > lincoln",
                "amy transfer 2026-11-02 lincoln > > oak",
                "amy exit 2027-02-01 oak >",
                "amy return 2027-03-01 > oak",
            ],
            await nights.LedgerAsync());
    }

    [Fact]
    public async Task Days_are_those_that_the_source_says()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03 2026-10-01");
        await nights.SendAsync("2026-11-06", "amy oak 03 2026-11-02");
        await nights.SendAsync("2027-02-01", "amy oak 03 2026-11-02 2027-01-29");
        await nights.SendAsync("2027-02-02");
        Assert.Equal(
            [
                "amy entry 2026-10-01 > lincoln",
                "amy transfer 2026-11-02 lincoln > > oak",
                "amy exit 2027-01-29 oak >",
            ],
            await nights.LedgerAsync());
    }

    [Fact]
    public async Task A_day_that_the_source_corrects_is_corrected_and_the_old_one_is_kept()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03 2026-10-01");
        await nights.SendAsync("2026-10-06", "amy lincoln 03 2026-09-28");
        await nights.SendAsync("2026-10-07", "amy lincoln 03 2026-09-29");
        Assert.Equal(
            [
                "(amy entry 2026-10-01 > lincoln)", "(amy entry 2026-09-28 > lincoln)",
                "amy entry 2026-09-29 > lincoln",
            ],
            await nights.LedgerAsync());
    }

    [Fact]
    public async Task The_first_day_of_another_year_is_no_correction()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03 2026-10-01");
        await nights.SendAsync("2027-07-05", "amy lincoln 04 2027-08-30");
        Assert.Equal(["amy entry 2026-10-01 > lincoln"], await nights.LedgerAsync());
    }

    [Fact]
    public async Task Who_is_back_within_a_week_was_never_gone()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03");
        await nights.SendAsync("2026-11-02");
        Assert.Equal(["amy entry 2026-10-05 > lincoln", "amy exit 2026-11-02 lincoln >"], await nights.LedgerAsync());

        await nights.SendAsync("2026-11-05", "amy lincoln 03");
        Assert.Equal(["amy entry 2026-10-05 > lincoln", "(amy exit 2026-11-02 lincoln >)"], await nights.LedgerAsync());
    }

    [Fact]
    public async Task Who_is_back_with_a_new_first_day_was_gone()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03");
        await nights.SendAsync("2026-11-02");
        await nights.SendAsync("2026-11-05", "amy lincoln 03 2026-11-04");
        Assert.Contains("amy return 2026-11-04 > lincoln", await nights.LedgerAsync());
    }

    [Fact]
    public async Task Who_is_missing_in_a_file_has_not_moved_and_went_on_the_first_day_missing()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03", "cho lincoln 03");
        nights.District.Limits = new()
        {
            GraceDays = 7, HoldAboveSchoolPercent = 100, HoldAboveKindPercent = 100, HoldAboveSchoolEndings = 1_000,
        };
        await nights.SendAsync("2026-11-02");
        await nights.SendAsync("2026-11-05", "amy lincoln 03");
        Assert.DoesNotContain("exit", string.Join(' ', await nights.LedgerAsync()), StringComparison.Ordinal);

        await nights.SendAsync("2026-11-09", "amy lincoln 03");
        Assert.Equal("cho exit 2026-11-02 lincoln >", (await nights.LedgerAsync())[^1]);
    }

    [Fact]
    public async Task The_next_school_after_the_last_grade_of_one_is_a_promotion()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 05", "cho oak 03");
        await nights.SendAsync("2026-10-20", "amy king 06", "cho lincoln 04");
        Assert.DoesNotContain("promotion", string.Join(' ', await nights.LedgerAsync()), StringComparison.Ordinal);

        await using var summer = await Nights.BeginAsync("2026-05-04");
        await summer.SendAsync("2026-05-05", "amy lincoln 05", "cho oak 03");
        await summer.SendAsync("2026-07-20", "amy king 06 2026-08-31", "cho lincoln 03");
        Assert.Equal(
            ["amy promotion 2026-08-31 lincoln > > king", "cho transfer 2026-07-20 oak > > lincoln"],
            (await summer.LedgerAsync())[^2..]);
    }

    [Fact]
    public async Task Who_is_withdrawn_before_or_in_the_first_days_of_the_year_did_not_show_up()
    {
        await using var nights = await Nights.BeginAsync("2026-05-04");
        await nights.SendAsync("2026-07-01", "amy lincoln 05 2026-08-31", "cho oak 03 2026-08-31", "dee oak 03");
        await nights.SendAsync("2026-08-20", "cho oak 03 2026-08-31", "dee oak 03");
        await nights.SendAsync("2026-09-08", "dee oak 03");
        await nights.SendAsync("2026-09-21");
        Assert.Equal(
            ["amy noShow 2026-08-20 lincoln >", "cho noShow 2026-09-08 oak >", "dee exit 2026-09-21 oak >"],
            (await nights.LedgerAsync())[^3..]);
    }

    [Fact]
    public async Task Who_leaves_the_last_grade_with_the_year_has_graduated()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy king 12", "cho king 12", "dee king 11");
        await nights.SendAsync("2027-02-01", "cho king 12", "dee king 11");
        await nights.SendAsync("2027-06-14");
        Assert.Equal(
            ["amy exit 2027-02-01 king >", "cho graduation 2027-06-14 king >", "dee exit 2027-06-14 king >"],
            (await nights.LedgerAsync())[^3..]);
    }

    [Fact]
    public async Task Why_somebody_went_is_learnt_before_or_after_and_is_no_correction()
    {
        const string Why =
            """
            select p.sourced_id || ' ' || m.kind || ' ' || concat_ws(', ', m.reason, m.destination) || m.revision
              from roster.movements m join roster.people p on p.id = m.person_id
             where p.sourced_id in ('amy', 'cho') order by 1
            """;
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03", "cho oak 03");
        await nights.District.SupplementAsync("sourcedId,exitReason,exitDestination", "amy,moved,Ohio");
        await nights.SendAsync("2026-11-02");
        await nights.District.ProjectAsync();
        Assert.Equal(
            ["amy entry 1", "amy exit moved, Ohio1", "cho entry 1", "cho exit 1"],
            await nights.District.ListAsync(Why));

        await nights.District.SupplementAsync("sourcedId,exitReason,exitDestination", "cho,private school,");
        await nights.District.ProjectAsync();
        Assert.Equal("cho exit private school1", (await nights.District.ListAsync(Why))[^1]);
    }

    [Fact]
    public async Task A_run_that_is_taken_back_has_moved_nobody()
    {
        await using var nights = await Nights.BeginAsync();
        await nights.SendAsync("2026-10-05", "amy lincoln 03", "cho oak 03", "dee oak 03");
        var before = await nights.LedgerAsync();
        var spans = await SpansAsync(nights);
        var wrong = await nights.SendAsync("2026-11-02", "amy oak 03", "dee oak 04", "eve oak 01");
        Assert.Equal(3, (await nights.LedgerAsync()).Except(before).Count());
        Assert.NotEqual(spans, await SpansAsync(nights));

        var answer = await nights.District.Runs.RollBackAsync(
            TestDistrict.Id, wrong.Run!.Value, null, TestContext.Current.CancellationToken);
        Assert.Null(answer.Refusal);
        var after = await nights.LedgerAsync();
        Assert.Equal(before, after.Where(line => line[0] != '('));
        Assert.Equal(2, after.Count(line => line[0] == '(')); // Eve is in no table any more.
        Assert.Equal(spans, await SpansAsync(nights));

        await nights.SendAsync("2026-11-09", "amy oak 03", "dee oak 04");
        Assert.Equal(
            ["amy transfer 2026-11-09 lincoln > > oak", "cho exit 2026-11-09 oak >"],
            (await nights.LedgerAsync())[^2..]);
    }

    private static Task<List<string>> SpansAsync(Nights nights) =>
        nights.District.ListAsync("select s::text from roster.spans s order by 1");
}
