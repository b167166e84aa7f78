using System.Reflection;

namespace K12Hub.EventStore;

/// <summary>A column with personal data.</summary>
/// <param name="SubjectColumn">Which column says whose.</param>
/// <param name="Emptied">The text of the value it is emptied to; nothing for null.</param>
public sealed record PersonalColumn(string SubjectColumn, string Emptied)
{
    /// <summary>What the mark on a property says; null when there is none.</summary>
    internal static PersonalColumn? Of(PropertyInfo property)
    {
        if (property.GetCustomAttribute<PersonalDataAttribute>() is not { } mark)
        {
            return null;
        }

        var name = $"{property.DeclaringType!.Name}.{property.Name}";
        var subject = property.ReflectedType!.GetProperty(mark.Subject);
        if (subject is null || PgType.For(subject).Ddl != "uuid")
        {
            throw new ArgumentException($"{name}: {mark.Subject} must be a Guid of the row, or a struct around one.");
        }

        return new(RowShape.SnakeCase(subject.Name), PersonalMark.Kind(property) switch
        {
            Emptiness.Null => "",
            Emptiness.Text => PersonalDataAttribute.Erased,
            Emptiness.List => property.IsDefined(typeof(JsonbAttribute)) ? "[]" : "{}",
            Emptiness.Id => Guid.Empty.ToString(),
            _ => throw new ArgumentException($"{name} is personal data that cannot be empty. Make it nullable."),
        });
    }
}
