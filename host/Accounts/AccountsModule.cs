using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

[assembly: Module("AccountsTypes")]

namespace K12Hub.Accounts;

/// <summary>Plugs accounts into a hub: who signs in, and how.</summary>
public static class AccountsModule
{
    // Three times what the framework does by itself; OWASP asks for 210,000 with SHA-512.
    internal const int PasswordRounds = 600_000;

    // Programs are given roles as people are.
    private const string KnownAccounts =
        $"""
        select id from {AccountsTables.Accounts} where tenant_id = $1 and id = any($2)
        union all
        select id from {AccountsTables.Tokens} where tenant_id = $1 and id = any($2)
        """;

    private static readonly TimeSpan KeyLife = TimeSpan.FromDays(90);

    /// <summary>Everything accounts have.</summary>
    public static HubBuilder AddAccounts(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        var services = hub.Services;
        services.AddSingleton(AccountGrants.FirstAdministrator).AddSingleton(AccountGrants.Tokens)
            .AddSingleton(AccountGrants.Holders);
        services.TryAddSingleton(new SetUpMark(null));
        AddSignIn(services);
        AddCallers(services);
        services.AddScoped<IBeforeErasure, ErasedAccounts>().AddSingleton<IPersonBehind, TokenGivers>();
        services.AddScoped(provider => new AccountDesk(
            provider.GetRequiredService<UserManager<AccountUser>>(), provider.GetRequiredService<AccountStore>(),
            provider.GetRequiredService<Sessions>(), provider.GetRequiredService<DocumentStore>(),
            provider.GetRequiredService<AccountsSettings>(), provider.GetRequiredService<TimeProvider>()));
        services.AddLogging();
        AddIdentity(services);
        AddKeys(services);
        return hub
            .Settings<AccountsSettings>("Accounts")
            .NoAccess<SessionRow>().NoAccess<AttemptsRow>().NoAccess<UsedCodeRow>()
            .NoAccess<ProtectionKeyRow>().NoAccess<SetupCodeRow>()
            .Known("account", KnownAccounts)
            .Permission(AccountsPermissions.ReadAccounts, "See who has an account.")
            .Access<AccountRow>(AccountsPermissions.ReadAccounts)
            .Permission(AccountsPermissions.ReadTokens, "See which tokens programs have, and when they were used.")
            .Permission(AccountsPermissions.GiveTokens, "Give tokens to programs, and take them back.")
            .Role(Roles.DistrictAdministrator, ReachKind.District,
                AccountsPermissions.ReadTokens, AccountsPermissions.GiveTokens)
            .Role(Roles.Auditor, ReachKind.District, AccountsPermissions.ReadAccounts, AccountsPermissions.ReadTokens)
            .Access<ApiTokenRow>(AccountsPermissions.ReadTokens)
            .Access<TokenUseRow>(AccountsPermissions.ReadTokens)
            .AddNoted()
            .Store(AddTo)
            .Schema(schema => schema.AddAccountsTypes());
    }

    /// <summary>Adds events, folds and tables to a store.</summary>
    internal static void AddTo(EventStore.StoreOptions store)
    {
        Account.AddTo(store);
        SetUp.AddTo(store);
        ApiToken.AddTo(store);
        AccountsTables.AddTo(store.Tables);
    }

    /// <summary>The pages to sign in with.</summary>
    public static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        routes = routes.MapGroup("").OpenToAll(
            "Whoever signs in has not yet, and pages of those who have look for the session themselves.");
        Assets.Map(routes);
        SignInPages.Map(routes);
        EnrollPages.Map(routes);
        InvitationPages.Map(routes);
        SetUpPages.Map(routes);
        SessionPages.Map(routes);
        PasskeyPages.Map(routes);
        ProviderPages.Map(routes);
    }

    /// <summary>A code for the console, with which the first administrator is made; null when there is one.</summary>
    /// <param name="services">The hub's.</param>
    /// <param name="ct">Cancels.</param>
    public static Task<string?> NewSetUpCodeAsync(this IServiceProvider services, CancellationToken ct) =>
        services.GetRequiredService<FirstAdministrator>().NewCodeAsync(ct);

    /// <summary>Makes a new key for what is closed from now on, and seals those of before under the current key of the
    /// ring.</summary>
    /// <param name="services">The hub's.</param>
    /// <param name="district">Whose ring it is; they are sealed under that of the district that signs in here.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>How many keys were sealed anew.</returns>
    public static async Task<int> RotateProtectionKeysAsync(
        this IServiceProvider services, DistrictId district, CancellationToken ct)
    {
        if (district.Value != services.GetRequiredService<AccountsSettings>().District) return 0;

        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        services.GetRequiredService<IKeyManager>().CreateNewKey(now, now + KeyLife);
        return await services.GetRequiredService<ProtectionKeys>().SealAnewAsync(ct);
    }

    private static void AddSignIn(IServiceCollection services)
    {
        services.AddSingleton<PasswordRules>().AddSingleton<IPasswordHasher<AccountUser>, NormalizingHasher>();
        services.AddSingleton<DecoyPassword>().AddSingleton<Sessions>().AddSingleton<Throttle>()
            .AddSingleton<SignInTrail>();
        services.AddSingleton<UsedCodes>().AddSingleton<FirstAdministrator>().AddSingleton<FormGuard>();
        services.AddScoped<SignInDesk>().AddScoped<PasswordChoice>().AddScoped<CallerProof>();
        services.AddScoped<SignInPages>().AddScoped<EnrollPages>().AddScoped<InvitationPages>()
            .AddScoped<SetUpPages>().AddScoped<SessionPages>().AddScoped<PasskeyPages>().AddScoped<ProviderPages>();
        services.AddSingleton<ProviderConnections>().AddScoped<ProviderSignIn>();
    }

    private static void AddCallers(IServiceCollection services)
    {
        services.AddSingleton(provider => new Callers(
            provider.GetRequiredService<Sessions>(), provider.GetRequiredService<TokenDesk>(),
            provider.GetRequiredService<IViewerGrants>(), provider.GetRequiredService<SignInTrail>()));
        services.AddSingleton(provider => new TokenDesk(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<AccountsSettings>(),
            provider.GetRequiredService<PermissionCatalog>(), provider.GetRequiredService<IViewerGrants>(),
            provider.GetRequiredService<RoleGiving>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetService<LiveEvents>(), provider.GetRequiredService<ILogger<TokenWatch>>()));
    }

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddScoped<AccountStore>();
        services.AddScoped<IUserStore<AccountUser>>(provider => provider.GetRequiredService<AccountStore>());
        services.AddSingleton<ILookupNormalizer, SignInNames>();
        services.AddScoped<IPasswordValidator<AccountUser>>(
            provider => provider.GetRequiredService<PasswordRules>());
        services.AddIdentityCore<AccountUser>(options => options.User.AllowedUserNameCharacters = "");
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = PasswordRounds);
        services.AddScoped<IPasskeyHandler<AccountUser>, PasskeyHandler<AccountUser>>();
        services.AddSingleton<IConfigureOptions<IdentityPasskeyOptions>>(provider =>
            new ConfigureOptions<IdentityPasskeyOptions>(options => ConfigurePasskeys(
                options, provider.GetRequiredService<AccountsSettings>().PublicAddress)));
    }

    /// <summary>What the settings say counts, never what a request says about itself.</summary>
    private static void ConfigurePasskeys(IdentityPasskeyOptions options, string? publicAddress)
    {
        var address = new Uri(publicAddress ?? "https://nowhere.invalid");
        options.ServerDomain = address.Host;
        options.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && context.Origin == address.GetLeftPart(UriPartial.Authority));
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
    }

    private static void AddKeys(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("K12Hub");
        services.AddSingleton<SecretBox>().AddSingleton<ProtectionKeys>().AddSingleton<RingSeal>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => (options.XmlRepository, options.XmlEncryptor) =
                (provider.GetRequiredService<ProtectionKeys>(), provider.GetRequiredService<RingSeal>())));

        // It would look for keys when the process starts, before the database can be asked.
        foreach (var early in services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        {
            services.Remove(early);
        }
    }
}
