using K12Hub.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace K12Hub.Accounts;

/// <summary>Plugs accounts into a hub: who signs in.</summary>
public static class AccountsModule
{
    /// <summary>Everything accounts have.</summary>
    public static HubBuilder AddAccounts(this HubBuilder hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.Services.TryAddSingleton<IViewerGrants, FirstAdministratorGrants>();
        return hub.Store(Account.AddTo);
    }
}
