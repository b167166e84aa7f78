namespace K12Hub.App.Tests.Edges;

/// <summary>Whoever has PostgreSQL on another machine hears at the start that the way there is open.</summary>
public sealed class DatabaseTransportTests
{
    [Theory]
    [InlineData("Host=db.example")]
    [InlineData("Host=10.0.0.7;SSL Mode=Require")]
    [InlineData("Host=localhost,db.example")]
    [InlineData("Host=db.example:5433;SSL Mode=Disable")]
    [InlineData("Host=[2001:db8::7]:5432")]
    public void A_way_over_a_network_that_nobody_checks_is_told_with_the_way_out(string address)
    {
        var warning = Assert.Single(DatabaseTransport.Warnings(new(address, null)));

        Assert.Contains("K12HUB__Database__ConnectionString", warning, StringComparison.Ordinal);
        Assert.Contains("VerifyFull", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=/var/run/postgresql")]
    [InlineData("Host=@k12hub")]
    [InlineData("Host=127.0.0.1:5433,localhost")]
    [InlineData("Host=::1")]
    [InlineData("Host=[::1]:5432")]
    [InlineData("Host=db.example;SSL Mode=VerifyFull")]
    [InlineData("Host=db.example;SSL Mode=VerifyCA")]
    public void One_within_the_machine_and_one_with_a_checked_certificate_are_not(string address) =>
        Assert.Empty(DatabaseTransport.Warnings(new(address, address)));

    [Fact]
    public void Either_setting_is_looked_at_and_no_password_is_told()
    {
        var warning = Assert.Single(DatabaseTransport.Warnings(
            new("Host=localhost", "Host=db.example;Username=owner;Password=canary")));

        Assert.Contains("K12HUB__Database__OwnerConnectionString", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", warning, StringComparison.Ordinal);
    }
}
