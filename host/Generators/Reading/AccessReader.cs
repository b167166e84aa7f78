using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads <c>[Authorize]</c> and <c>[AllowAnonymous]</c>.</summary>
internal static class AccessReader
{
    public static AccessModel Of(ISymbol symbol)
    {
        var anonymous = Names.Has(symbol, "AllowAnonymous");
        if (Names.Attribute(symbol, "Authorize") is not { } authorize)
        {
            return AccessModel.Silent with { AllowAnonymous = anonymous };
        }

        var roles = authorize.NamedArguments.FirstOrDefault(argument => argument.Key == "Roles").Value;
        return new AccessModel(
            Names.Setting<string>(authorize, "Policy") ?? "",
            roles.Kind is TypedConstantKind.Array && !roles.IsNull
                ? roles.Values.Select(role => role.Value).OfType<string>().ToItems()
                : Items<string>.None,
            Names.Setting<int>(authorize, "Apply"),
            anonymous);
    }
}
