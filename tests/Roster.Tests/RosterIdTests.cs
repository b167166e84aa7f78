namespace K12Hub.Roster.Tests;

public sealed class RosterIdTests
{
    [Fact]
    public void The_same_record_of_the_same_source_always_has_the_same_id() =>
        Assert.Equal(new Guid("ac14f42c-d480-5701-93e9-fd4041e127d8"), RosterId.Of("sis", "users", "leo"));

    [Fact]
    public void Ids_differ_by_source_by_collection_and_by_sourcedId()
    {
        Guid[] ids =
        [
            RosterId.Of("sis", "users", "leo"), RosterId.Of("hr", "users", "leo"), RosterId.Of("sis", "orgs", "leo"),
            RosterId.Of("sis", "users", "Leo"), RosterId.Of("sis", "users", "leo "), RosterId.Of("sisu", "sers", "leo"),
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public void Ids_are_name_based_uuids_of_version_5()
    {
        var id = RosterId.Of("sis", "users", "leo").ToString();
        Assert.Equal('5', id[14]);
        Assert.Contains(id[19], "89ab");
    }

    [Fact]
    public void A_sourcedId_of_any_length_and_script_has_an_id()
    {
        Assert.NotEqual(RosterId.Of("sis", "users", new('é', 300)), RosterId.Of("sis", "users", new('é', 301)));
        Assert.NotEqual(RosterId.Of("sis", "users", "学生"), RosterId.Of("sis", "users", "学长"));
    }

    [Fact]
    public void Computing_an_id_allocates_nothing()
    {
        RosterId.Of("sis", "users", "warm-up");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) RosterId.Of("sis", "users", "6d1f2f0e-6f0c-4a53-9a6e-3c1f2d7c8e41");
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Remembered_ids_are_the_computed_ones()
    {
        var ids = new RosterIds("sis");
        foreach (var sourcedId in (string[])["leo", "mia", "leo"])
        {
            Assert.Equal(RosterId.Of("sis", "users", sourcedId), ids.User(sourcedId));
        }
    }
}
