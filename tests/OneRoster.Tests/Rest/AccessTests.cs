using System.ComponentModel.DataAnnotations;
using System.Net;
using K12Hub.Hosting;
using K12Hub.OneRoster.Rest.Access;

namespace K12Hub.OneRoster.Tests.Rest;

public sealed class AccessTests
{
    // The example of RFC 5849, section 3.4.1.1: the base string is printed there.
    private const string RfcBase =
        "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D%253D%25253D%26c%2540%3D"
        + "%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce%3D7d8f3e4a%26oauth_signature_method%3DHMAC-"
        + "SHA1%26oauth_timestamp%3D137131201%26oauth_token%3Dkkk9d7dh3k39sjv7";

    [Fact]
    public void The_base_string_is_that_of_the_RFC()
    {
        (string, string)[] parameters =
        [
            .. OAuth1.Decoded("b5=%3D%253D&a3=a&c%40=&a2=r%20b"), .. OAuth1.Decoded("c2&a3=2+q"),
            ("oauth_consumer_key", "9djdj82h48djs9d2"), ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"), ("oauth_timestamp", "137131201"), ("oauth_nonce", "7d8f3e4a"),
        ];

        Assert.Equal(RfcBase, OAuth1.BaseString("POST", "http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a", parameters));
    }

    // The photo of OAuth Core 1.0, appendix A.5, where both are printed; that of RFC 5849, section 1.2, has a signature
    // that nobody can compute.
    [Fact]
    public void A_signature_is_that_of_the_specification()
    {
        (string, string)[] parameters =
        [
            .. OAuth1.Decoded("file=vacation.jpg&size=original"), ("oauth_consumer_key", "dpf43f3p2l4k3l03"),
            ("oauth_token", "nnch734d00sl2jdk"), ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "1191242096"), ("oauth_nonce", "kllo9940pd9333jh"), ("oauth_version", "1.0"),
        ];

        var text = OAuth1.BaseString("GET", "http://photos.example.net/photos?file=vacation.jpg", parameters);

        Assert.Equal("tR3+Ty81lMeYAr/Fid0kMTYa/WM=",
            OAuth1.Sign(text, "kd94hf93k423kf44", "pfkkdhi9sl3r4s00", OAuth1.Sha1));
    }

    [Fact]
    public void Encoded_parts_of_a_path_are_signed_as_they_are_sent() =>
        Assert.StartsWith("GET&https%3A%2F%2Fsis.example%2Fproxy%2Fa%252Fb%2Fims&",
            OAuth1.BaseString("GET", "https://sis.example/proxy/a%2Fb/ims?limit=1", [("limit", "1")]),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.20.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2606:4700:4700::1111", true)]
    public void Only_the_open_network_is_allowed_unless_it_is_said(string address, bool allowed) =>
        Assert.Equal(allowed, AddressRules.Allows(IPAddress.Parse(address), loopback: false, privateNetworks: false));

    [Theory]
    [InlineData("127.0.0.1", true, false, true)]
    [InlineData("10.1.2.3", false, true, true)]
    [InlineData("fd00::1", false, true, true)]
    [InlineData("169.254.169.254", true, true, false)]
    public void What_is_allowed_can_be_said(string address, bool loopback, bool privateNetworks, bool allowed) =>
        Assert.Equal(allowed, AddressRules.Allows(IPAddress.Parse(address), loopback, privateNetworks));

    [Fact]
    public async Task A_name_that_leads_into_our_own_network_is_not_asked()
    {
        await using var served = await Served.StartAsync("1.2");
        var settings = new RestSourceSettings
        {
            BaseUrl = served.Server.Base12.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal),
            Auth = AuthStyle.Bearer,
            Token = "any",
        };

        var read = await served.ReadAsync(settings);

        Assert.Equal("rest.address", Assert.Single(read.Refusals).Rule);
        Assert.Empty(served.Server.Requests);
    }

    [Theory]
    [InlineData("http://sis.example/ims/oneroster/v1p1", "is not https")]
    [InlineData("https://id:pw@sis.example/", "holds more than an address")]
    [InlineData("https://sis.example/?token=pw", "holds more than an address")]
    [InlineData("sis.example", "is no address")]
    public void An_address_that_is_not_safe_is_refused_at_the_start(string address, string why)
    {
        var settings = new RestSourceSettings { BaseUrl = address };
        var problems = new List<ValidationResult>();

        Assert.False(Validator.TryValidateObject(settings, new(settings), problems, validateAllProperties: true));

        Assert.Contains(problems, problem => problem.ErrorMessage!.Contains(why, StringComparison.Ordinal));
        Assert.DoesNotContain(problems, problem => problem.ErrorMessage!.Contains("pw", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://sis.example", null, "https://sis.example/ims/oneroster/rostering/v1p2")]
    [InlineData("https://sis.example/", "1.1", "https://sis.example/ims/oneroster/v1p1")]
    [InlineData("https://sis.example/api/ims/oneroster/v1p1/", null, "https://sis.example/api/ims/oneroster/v1p1")]
    [InlineData("https://p.example/proxy/a%2Fb", "1.1", "https://p.example/proxy/a%2Fb/ims/oneroster/v1p1")]
    public void An_address_may_be_pasted_with_or_without_its_tail(string pasted, string? version, string address) =>
        Assert.Equal(address, SourceProfile.Of(new() { BaseUrl = pasted, Version = version }).Base);

    [Fact]
    public void Only_the_scopes_that_are_needed_are_asked_for()
    {
        const string prefix = "https://purl.imsglobal.org/spec/or/v1p2/scope/";

        Assert.Equal([prefix + "roster-core.readonly"], ScopesOf(demographics: false));
        Assert.Equal([prefix + "roster-core.readonly", prefix + "roster-demographics.readonly"],
            ScopesOf(demographics: true));

        static IReadOnlyList<string> ScopesOf(bool demographics) =>
            SourceProfile.Of(new() { BaseUrl = "https://sis.example", Demographics = demographics }).Scopes;
    }
}
