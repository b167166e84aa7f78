using System.Collections;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;

namespace K12Hub.Hosting;

/// <summary>Reads a section of the settings into its class, and says which value cannot be read.</summary>
internal static class SettingsReader
{
    /// <exception cref="ValidationException">A value is no number, no date, or whatever it should be.</exception>
    public static T Read<T>(IConfiguration configuration, string name)
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
