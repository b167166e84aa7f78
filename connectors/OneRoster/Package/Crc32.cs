using System.Buffers.Binary;

namespace K12Hub.OneRoster.Package;

/// <summary>The check sum of zip files (CRC-32, IEEE 802.3), eight bytes at a time.</summary>
/// <remarks>The runtime's zip reader does not compare check sums when it reads, so a damaged file would come in as
/// wrong names.</remarks>
internal struct Crc32
{
    private const uint Polynomial = 0xEDB88320;
    private static readonly uint[][] tables = Tables();
    private uint inverted;

    public readonly uint Value => inverted;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var t = tables;
        var crc = ~inverted;
        while (bytes.Length >= 8)
        {
            var low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ crc;
            var high = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
            crc = t[7][low & 0xFF] ^ t[6][(low >> 8) & 0xFF] ^ t[5][(low >> 16) & 0xFF] ^ t[4][low >> 24]
                ^ t[3][high & 0xFF] ^ t[2][(high >> 8) & 0xFF] ^ t[1][(high >> 16) & 0xFF] ^ t[0][high >> 24];
            bytes = bytes[8..];
        }

        foreach (var b in bytes) crc = t[0][(crc ^ b) & 0xFF] ^ (crc >> 8);
        inverted = ~crc;
    }

    private static uint[][] Tables()
    {
        var made = new uint[8][];
        for (var table = 0; table < 8; table++)
        {
            made[table] = new uint[256];
            for (uint i = 0; i < 256; i++) made[table][i] = table == 0 ? First(i) : Next(made[0], made[table - 1][i]);
        }

        return made;
    }

    private static uint First(uint crc)
    {
        for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ Polynomial : crc >> 1;

        return crc;
    }

    private static uint Next(uint[] first, uint crc) => (crc >> 8) ^ first[crc & 0xFF];
}
