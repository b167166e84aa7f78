namespace K12Hub.District.People;

/// <summary>A child of a household.</summary>
/// <param name="Index">Place among the siblings.</param>
/// <param name="Grade">Grade of the school year; 0 is kindergarten.</param>
/// <param name="Seed">The child's own randomness.</param>
/// <param name="Seat">Place among the children of the grade in the first school; decides the classes.</param>
internal sealed record Child(int Index, int Grade, Seed Seed, int Seat)
{
    /// <summary>Who comes later takes any seat below this.</summary>
    public const int SomeSeat = 10_000;
}
