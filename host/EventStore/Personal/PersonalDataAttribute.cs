namespace K12Hub.EventStore;

/// <summary>Marks a property of an event, a message or a row as personal data of somebody. In events it is stored
/// encrypted under a key of that person's own; erasing the person destroys the key. In rows it is then cleared, and a
/// message is emptied.</summary>
/// <remarks>
/// <para>In a positional record: <c>[property: PersonalData(Subject = nameof(FamilyId))] string Name</c>. The property
/// must be able to be empty: nullable, text, a list, or a <see cref="Guid"/>. The whole value is encrypted, whatever it
/// is made of.</para>
/// <para>A mark stays for ever, also on the records of old shapes; adding one to an existing property protects what is
/// written from then on.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PersonalDataAttribute : Attribute
{
    /// <summary>What an erased text reads as where there must be one. What may be null is null, a list is
    /// empty, a <see cref="Guid"/> is all zeros.</summary>
    public const string Erased = "[erased]";

    /// <summary>Name of the property of the same record that says whose data it is: a <see cref="Guid"/> or a struct
    /// around one.</summary>
    public required string Subject { get; init; }
}
