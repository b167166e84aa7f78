using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace K12Hub.Hosting;

/// <summary>Reads a section of the settings into its class, and says which value cannot be read or is out of its
/// range.</summary>
public static class SettingsReader
{
    /// <summary>The settings of a section; what it does not say has its default.</summary>
    /// <typeparam name="T">The settings; properties carry unit in the name, range and default.</typeparam>
    /// <param name="configuration">The installation's settings.</param>
    /// <param name="name">Name of the section.</param>
    /// <exception cref="ValidationException">A value cannot be read or is out of its range; the message names
    /// it.</exception>
    public static T Read<T>(IConfiguration configuration, string name)
        where T : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var settings = Bind<T>(configuration, name);
        var problems = new List<ValidationResult>();
        return Validator.TryValidateObject(settings, new(settings), problems, validateAllProperties: true)
            ? settings
            : throw new ValidationException(
                $"Setting {name}: {string.Join(' ', problems.Select(problem => problem.ErrorMessage))}");
    }

    private static T Bind<T>(IConfiguration configuration, string name)
        where T : class, new()
    {
        try
        {
            var section = configuration.GetSection(name);
            var settings = section.Get<T>() ?? new T();
            CheckEntries(section, settings);
            return settings;
        }
        catch (InvalidOperationException unreadable)
        {
            throw new ValidationException($"Setting {name}: {unreadable.Message}", unreadable);
        }
    }

    /// <summary>An entry of a dictionary that cannot be read is passed over by the binder without a word. Read by
    /// itself it says why.</summary>
    private static void CheckEntries(IConfigurationSection section, object settings)
    {
        foreach (var property in settings.GetType().GetProperties())
        {
            if (!typeof(IDictionary).IsAssignableFrom(property.PropertyType)) continue;

            var read = (IDictionary)property.GetValue(settings)!;
            var type = property.PropertyType.GetGenericArguments()[^1];
            foreach (var entry in section.GetSection(property.Name).GetChildren())
            {
                if (!read.Contains(entry.Key)) entry.Get(type);
            }
        }
    }
}
