namespace K12Hub.District.People;

/// <summary>Telephone numbers in E.164, in the area code 555, which belongs to nobody.</summary>
internal static class PhoneNumber
{
    /// <summary>The number a person has after so many changes.</summary>
    public static string Of(Seed person, int changes)
    {
        var seed = person.For("phone").For(changes);
        return $"+1555{seed.For("exchange").Between(200, 999)}{seed.For("line").Below(10_000):0000}";
    }
}
