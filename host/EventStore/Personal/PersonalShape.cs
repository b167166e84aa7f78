using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace K12Hub.EventStore;

/// <summary>The marked properties of one record.</summary>
internal sealed class PersonalShape
{
    private readonly List<PersonalMark> _marks;

    private PersonalShape(List<PersonalMark> marks) => _marks = marks;

    public static PersonalShape None { get; } = new([]);

    public bool IsEmpty => _marks.Count == 0;

    /// <summary>Reads the marks off a record, and refuses one in a place where it would do nothing.</summary>
    /// <param name="type">The record.</param>
    /// <param name="json">How it becomes JSON; asked only when there is a mark: most records have none, and a
    /// program starts with many.</param>
    public static PersonalShape Of(Type type, Func<Type, JsonTypeInfo> json)
    {
        var marked = PersonalMarks.In(type).ToList();
        if (marked.Count == 0)
        {
            return None;
        }

        if (marked.FirstOrDefault(p => !p.DeclaringType!.IsAssignableFrom(type)) is { } inside)
        {
            throw new ArgumentException(
                $"{inside.DeclaringType!.Name}.{inside.Name} is marked inside {type.Name}, where it would protect "
                + $"nothing: mark the property of {type.Name} that holds it.");
        }

        var info = json(type);
        return new([.. info.Properties.Select(p => PersonalMark.On(p, info)).OfType<PersonalMark>()]);
    }

    /// <summary>Whose data a record holds.</summary>
    public IEnumerable<Guid> SubjectsOf(object record) => _marks.Select(m => m.SubjectIn(record)).OfType<Guid>();

    /// <summary>The JSON of a record with its marked values in envelopes. What was erased stays empty.</summary>
    /// <exception cref="SubjectErasedException">There is something about an erased subject.</exception>
    public byte[] Seal(byte[] json, object record, SealedPlace place, IReadOnlyDictionary<Guid, SubjectKey> keys) =>
        Splice(json, value =>
        {
            if (value.Mark.SubjectIn(record) is not { } subject)
            {
                return null;
            }

            var plain = json.AsSpan(value.Start, value.Length);
            return !keys[subject].IsErased ? Envelope.Seal(keys[subject], plain, place.Of(value.Mark))
                : plain.SequenceEqual(value.Mark.Erased) ? null
                : throw new SubjectErasedException(subject);
        });

    /// <summary>The subjects whose keys are needed to read stored JSON.</summary>
    public IEnumerable<Guid> SubjectsIn(byte[] json)
    {
        foreach (var value in Find(json))
        {
            if (Envelope.Find(json.AsSpan(value.Start, value.Length)) is { } envelope)
            {
                yield return Envelope.SubjectOf(envelope);
            }
        }
    }

    /// <summary>Stored JSON with its envelopes opened; those of erased subjects read as empty.</summary>
    /// <returns>The JSON, and whether something in it was erased.</returns>
    public (byte[] Json, bool IsErased) Open(
        byte[] json, SealedPlace place, IReadOnlyDictionary<Guid, SubjectKey> keys)
    {
        var isErased = false;
        var opened = Splice(json, value =>
        {
            if (Envelope.Find(json.AsSpan(value.Start, value.Length)) is not { } envelope)
            {
                return null;
            }

            var key = keys[Envelope.SubjectOf(envelope)];
            isErased |= key.IsErased;
            return key.IsErased ? value.Mark.Erased : Envelope.Open(key, envelope, place.Of(value.Mark));
        });
        return (opened, isErased);
    }

    private byte[] Splice(byte[] json, Func<MarkedValue, byte[]?> replacement)
    {
        var found = Find(json);
        var (others, length) = (new byte[]?[found.Count], json.Length);
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = replacement(found[i]);
            length += others[i] is { } other ? other.Length - found[i].Length : 0;
        }

        var result = new byte[length];
        var (copied, written) = (0, 0);
        for (var i = 0; i < found.Count; i++)
        {
            if (others[i] is { } other)
            {
                json.AsSpan(copied, found[i].Start - copied).CopyTo(result.AsSpan(written));
                written += found[i].Start - copied;
                other.CopyTo(result, written);
                (copied, written) = (found[i].Start + found[i].Length, written + other.Length);
            }
        }

        json.AsSpan(copied).CopyTo(result.AsSpan(written));
        return result;
    }

    /// <summary>Where the marked values are; those that are null are left alone.</summary>
    private List<MarkedValue> Find(byte[] json)
    {
        var found = new List<MarkedValue>(_marks.Count);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var mark = MarkAt(ref reader);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            var isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            if (mark is not null && !isNull)
            {
                found.Add(new(mark, start, (int)reader.BytesConsumed - start));
            }
        }

        return found;
    }

    private PersonalMark? MarkAt(ref Utf8JsonReader reader)
    {
        foreach (var mark in _marks)
        {
            if (reader.ValueTextEquals(mark.JsonName))
            {
                return mark;
            }
        }

        return null;
    }

    private readonly record struct MarkedValue(PersonalMark Mark, int Start, int Length);
}
