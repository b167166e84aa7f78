using K12Hub.District.Schools;

namespace K12Hub.District.People;

/// <summary>Who holds a post: the <paramref name="Turn"/>-th holder, since day <paramref name="Since"/>.</summary>
internal sealed record StaffMember(Post Post, int Turn, int Since)
{
    public string Id => $"STF-{Post.Key}-{Turn + 1}";

    public Person Person(DistrictShape shape)
    {
        var seed = Post.Seed.For(Post.Key).For("holder").For(Turn);
        var given = shape.Names.Given(seed.For("given"), seed.For("sex").Percent(75), "en");
        var family = shape.Names.Family(seed.For("family"), "en");
        var login = $"{Letters(given)}.{Letters(family)}{seed.For("login").Below(10_000):0000}";

        return new()
        {
            Id = Id,
            Username = login,
            GivenName = given,
            FamilyName = family,
            Identifier = $"E{seed.For("number").Below(100_000_000):00000000}",
            Email = $"{login}@{DistrictShape.Domain}",
            Phone = PhoneNumber.Of(seed, 0),
            Roles = Post.Roles,
            Position = Post.Title,
        };
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsAsciiLetter)).ToLowerInvariant();
}
