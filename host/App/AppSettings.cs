using System.ComponentModel.DataAnnotations;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.App;

/// <summary>The installation's settings: built-in defaults, then <c>appsettings.json</c> beside the program, then
/// <c>K12HUB__Section__Key</c> in the environment, then the files that <c>K12HUB__Section__Key__FILE</c> names, then
/// the command line.</summary>
internal sealed class AppSettings
{
    public required IConfiguration Configuration { get; init; }

    public required ServerSettings Server { get; init; }

    public required DatabaseSettings Database { get; init; }

    public required DemoSettings Demo { get; init; }

    public required GraphQLSettings GraphQL { get; init; }

    /// <summary>Absolute path of the folder for everything kept on this machine.</summary>
    public required string DataFolder { get; init; }

    public static AppSettings Load(string? data, string? urls)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables("K12HUB__").Build();
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddConfiguration(environment)
            .AddInMemoryCollection(SecretFiles.Read(environment))
            .AddInMemoryCollection(FromCommandLine(data, urls))
            .Build();
        var folder = configuration["Data:Folder"] ?? ".k12hub";
        return new AppSettings
        {
            Configuration = configuration,
            Server = SettingsReader.Read<ServerSettings>(configuration, "Server"),
            Database = SettingsReader.Read<DatabaseSettings>(configuration, "Database"),
            Demo = SettingsReader.Read<DemoSettings>(configuration, "Demo"),
            GraphQL = SettingsReader.Read<GraphQLSettings>(configuration, "GraphQL"),
            DataFolder = string.IsNullOrWhiteSpace(folder)
                ? throw new ValidationException("--data names no folder.")
                : Path.GetFullPath(folder),
        };
    }

    private static IEnumerable<KeyValuePair<string, string?>> FromCommandLine(string? data, string? urls)
    {
        if (data is not null) yield return new("Data:Folder", data);
        if (urls is not null) yield return new("Server:Urls", urls);
    }
}

/// <summary>Where we answer.</summary>
internal sealed class ServerSettings
{
    /// <summary>Addresses, separated by semicolons.</summary>
    [Required]
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>Whether addresses that other machines can reach are allowed: behind a proxy with TLS, or in a
    /// container.</summary>
    public bool AllowOtherAddresses { get; init; }

    /// <summary>IP addresses of proxies in front of the program, separated by semicolons: they say where a request
    /// comes from. Without them all who come through a proxy count as one network when passwords are guessed.</summary>
    public string TrustedProxies { get; init; } = "";

    /// <summary>For so many days browsers that came by TLS, here or at a named proxy, come by nothing else; 0 to 3,650,
    /// 0 for whatever they like.</summary>
    [Range(0, 3_650)]
    public int HstsDays { get; init; } = 365;

    /// <summary>Host names we answer to, separated by semicolons.</summary>
    [Required]
    public string AllowedHosts { get; init; } = "localhost;127.0.0.1;[::1]";
}

/// <summary>Which PostgreSQL.</summary>
internal sealed class DatabaseSettings : IValidatableObject
{
    /// <summary>The district's server, for Npgsql, as the role the program works as; null runs a private one in the
    /// data folder.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The same server as the role that owns the tables; null where one role does both.</summary>
    public string? OwnerConnectionString { get; init; }

    /// <summary>Page cache of the private server; in MB, 16 to 16,384.</summary>
    [Range(16, 16_384)]
    public int PrivateSharedBuffersMb { get; init; } = 256;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // They hold passwords, so they are not repeated.
        const string LooksLike = "Host=db.example;Database=k12hub;Username=k12hub;Password=…";
        if (!IsReadable(ConnectionString))
        {
            yield return new ValidationResult($"ConnectionString cannot be read; it looks like {LooksLike}");
        }

        if (!IsReadable(OwnerConnectionString))
        {
            yield return new ValidationResult($"OwnerConnectionString cannot be read; it looks like {LooksLike}");
        }

        if (string.IsNullOrWhiteSpace(ConnectionString) && !string.IsNullOrWhiteSpace(OwnerConnectionString))
        {
            yield return new ValidationResult(
                "OwnerConnectionString is set and ConnectionString is not: say as whom the program works.");
        }
    }

    private static bool IsReadable(string? address)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(address) is not null;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            return false;
        }
    }
}

/// <summary>The made-up district a trial starts with.</summary>
internal sealed class DemoSettings
{
    /// <summary>Students of the demo district; 0 for none, or 100 to 1,000,000. Null makes 2,000 in a private
    /// database and none in a named one.</summary>
    [Range(0, 1_000_000)]
    public int? Students { get; init; }
}
