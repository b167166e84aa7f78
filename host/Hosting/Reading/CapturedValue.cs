using System.Linq.Expressions;
using System.Reflection;

namespace K12Hub.Hosting;

/// <summary>Reads what a lambda captured: a chain of fields and properties that begins at a closure.</summary>
internal static class CapturedValue
{
    /// <returns>False when the chain begins elsewhere, or EF would see more in the value than a parameter.</returns>
    public static bool TryGet(MemberExpression member, out object? value)
    {
        value = null;
        return !typeof(IQueryable).IsAssignableFrom(member.Type)
            && !typeof(Expression).IsAssignableFrom(member.Type)
            && TryRead(member, out value);
    }

    private static bool TryRead(MemberExpression member, out object? value)
    {
        value = null;
        object? owner;
        switch (member.Expression)
        {
            case ConstantExpression constant:
                owner = constant.Value;
                break;
            case MemberExpression inner when TryRead(inner, out owner):
                break;
            default:
                return false;
        }

        // The members of a nullable value cannot be read of its boxed form.
        if (owner is null || Nullable.GetUnderlyingType(member.Member.DeclaringType!) is not null) return false;

        value = member.Member is FieldInfo field
            ? field.GetValue(owner)
            : ((PropertyInfo)member.Member).GetValue(owner);
        return true;
    }
}
