namespace K12Hub.GraphQL.Language;

/// <summary>Gives each different name of a document one string, however often it is written.</summary>
internal struct NameTable()
{
    private string?[] slots = new string?[32];
    private int count;

    public string Get(ReadOnlySpan<byte> name)
    {
        var slot = Find(name, Hash(name));
        return slots[slot] ?? Add(name, slot);
    }

    private string Add(ReadOnlySpan<byte> name, int slot)
    {
        var text = string.Create(name.Length, name, static (chars, bytes) =>
        {
            for (var i = 0; i < chars.Length; i++) chars[i] = (char)bytes[i];
        });
        slots[slot] = text;
        if (++count > slots.Length / 2) Grow();
        return text;
    }

    private readonly int Find(ReadOnlySpan<byte> name, int hash)
    {
        var mask = slots.Length - 1;
        var slot = hash & mask;
        while (slots[slot] is { } taken && !Same(taken, name)) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var old = slots;
        slots = new string?[old.Length * 2];
        Span<byte> bytes = stackalloc byte[256];
        foreach (var name in old)
        {
            if (name is null) continue;
            var buffer = name.Length <= bytes.Length ? bytes[..name.Length] : new byte[name.Length];
            for (var i = 0; i < name.Length; i++) buffer[i] = (byte)name[i];
            slots[Find(buffer, Hash(buffer))] = name;
        }
    }

    private static bool Same(string taken, ReadOnlySpan<byte> name)
    {
        if (taken.Length != name.Length) return false;

        for (var i = 0; i < name.Length; i++)
        {
            if (taken[i] != name[i]) return false;
        }

        return true;
    }

    // HashCode has a secret seed per process, so that nobody can send names that all collide.
    private static int Hash(ReadOnlySpan<byte> name)
    {
        var hash = new HashCode();
        hash.AddBytes(name);
        return hash.ToHashCode();
    }
}
