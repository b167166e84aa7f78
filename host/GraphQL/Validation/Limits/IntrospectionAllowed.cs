using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// Introspection is answered only where <see cref="ValidationOptions.AllowIntrospection"/> says so; "__typename" always
/// is.
/// </summary>
internal sealed class IntrospectionAllowed(ValidationContext context) : Rule(context)
{
    public override void EnterField(FieldNode field)
    {
        if (Context.Options.AllowIntrospection || field.Name.Value is not ("__schema" or "__type")) return;
        Context.Report(this, IntrospectionPolicy.Denied, "Introspection is not allowed.", [field]);
    }
}
