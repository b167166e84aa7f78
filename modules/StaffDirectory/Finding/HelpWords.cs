using K12Hub.EventStore;

namespace K12Hub.StaffDirectory;

/// <summary>A word of a name or phrase of an area, and what PostgreSQL's dictionary cuts it to.</summary>
internal sealed record HelpWordRow
{
    /// <summary>The area.</summary>
    public Guid AreaId { get; init; }

    /// <summary>en or es.</summary>
    public string Language { get; init; } = "";

    /// <summary>The name is 0, phrases follow from 1 on.</summary>
    public int Phrase { get; init; }

    /// <summary>Which word of the area in this language, from 1.</summary>
    public int Place { get; init; }

    /// <summary>The word.</summary>
    public string Word { get; init; } = "";

    /// <summary>What it has in common with its plural and so on.</summary>
    public string Stem { get; init; } = "";
}

/// <summary>How many areas have a word, whatever its ending.</summary>
internal sealed record HelpStemRow
{
    /// <summary>en or es.</summary>
    public string Language { get; init; } = "";

    /// <summary>What the word has in common with its plural and so on.</summary>
    public string Stem { get; init; } = "";

    /// <summary>The areas; 0 when those that had it say something else by now.</summary>
    public int Areas { get; init; }
}

/// <summary>Three letters in a row of a word that some area has, or had: what a word with a slip still shares with
/// the right one.</summary>
internal sealed record HelpPieceRow
{
    /// <summary>en or es.</summary>
    public string Language { get; init; } = "";

    /// <summary>Three letters; a word begins with two blanks and ends with one.</summary>
    public string Piece { get; init; } = "";

    /// <summary>The word.</summary>
    public string Word { get; init; } = "";
}

/// <summary>Keeps the words that people ask in, of retired areas too: those are left out
/// where help is found. PostgreSQL cuts them to their stems, as it does those of a
/// question.</summary>
/// <remarks>Full text search by an index is out of the question here: its operators are not leakproof, and row-level
/// security is asked first. Comparing words for equality is leakproof, so stems and pieces of words are rows.
/// </remarks>
internal sealed class HelpWords : EventProjection
{
    private const string Forget = "delete from {table} where tenant_id = $1 and area_id = $2 and language = $3";

    private const string Discount =
        """
        update {table} s set areas = s.areas - 1
          from (select distinct stem from {directory.help_words}
                 where tenant_id = $1 and area_id = $2 and language = $3) w
         where s.tenant_id = $1 and s.language = $3 and s.stem = w.stem
        """;

    private const string Count =
        """
        insert into {table} as s (tenant_id, language, stem, areas)
        select distinct $1::smallint, language, stem, 1
          from {directory.help_words} where tenant_id = $1 and area_id = $2 and language = $3
         order by stem
            on conflict (tenant_id, language, stem) do update set areas = s.areas + 1
        """;

    private const string Keep =
        """
        insert into {table} (tenant_id, area_id, language, phrase, place, word, stem)
        select $1, $2, $3, w.phrase, w.place, w.word, s.stem
          from unnest($5::text[], $6::integer[]) with ordinality w (word, phrase, place),
               lateral (select (ts_lexize($4::regdictionary, w.word))[1] as stem) s
         where s.stem is not null
        """;

    private const string KeepPieces =
        """
        insert into {table} (tenant_id, language, piece, word)
        select distinct $1::smallint, $2, substring('  ' || w.word || ' ' from n for 3), w.word
          from unnest($4::text[]) w (word), generate_series(1, length(w.word) + 1) n
         where (ts_lexize($3::regdictionary, w.word))[1] is not null
         order by 3, 4
            on conflict do nothing
        """;

    public HelpWords()
    {
        Writes<HelpWordRow>();
        Writes<HelpStemRow>();
        Writes<HelpPieceRow>();
        Project<AreaEvent.Described>((said, e, rows) => Describe(said, e.StreamId, rows));
    }

    /// <inheritdoc/>
    public override string Name => "directory.help_words";

    /// <summary>Adds the projection and its tables to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Projections.Add<HelpWords>(ProjectionLifecycle.Async);
        store.Tables.Add<HelpWordRow>("directory.help_words", 1, t => t
            .Key(x => x.AreaId, x => x.Language, x => x.Place)
            .Index(x => x.Language, x => x.Stem, x => x.AreaId)
            .Index(x => x.Language, x => x.Word));
        store.Tables.Add<HelpStemRow>("directory.help_stems", 1, t => t.Key(x => x.Language, x => x.Stem));
        store.Tables.Add<HelpPieceRow>("directory.help_pieces", 1, t => t
            .Key(x => x.Language, x => x.Piece, x => x.Word));
    }

    private static void Describe(AreaEvent.Described said, Guid area, IRowOperations rows)
    {
        var words = said.Phrases.Prepend(said.Name)
            .SelectMany((phrase, number) => EverydayWords.Of(phrase).Select(word => (Word: word, Phrase: number)))
            .ToList();
        var dictionary = HelpLanguage.DictionaryOf(said.Language);
        string[] texts = [.. words.Select(word => word.Word)];
        rows.QueueSqlCommand<HelpStemRow>(Discount, area, said.Language);
        rows.QueueSqlCommand<HelpWordRow>(Forget, area, said.Language);
        rows.QueueSqlCommand<HelpWordRow>(
            Keep, area, said.Language, dictionary, texts, words.Select(word => word.Phrase).ToArray());
        rows.QueueSqlCommand<HelpStemRow>(Count, area, said.Language);
        rows.QueueSqlCommand<HelpPieceRow>(KeepPieces, said.Language, dictionary, texts);
    }
}
