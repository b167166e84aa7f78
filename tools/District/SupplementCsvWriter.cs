using System.Text;
using K12Hub.District.Csv;

namespace K12Hub.District;

/// <summary>Writes what OneRoster has no place for, keyed by the district's sourcedIds: languages, homes, how guardians
/// belong to students, and the few who must not be contacted.</summary>
public static class SupplementCsvWriter
{
    private const string Header =
        "sourcedId,status,dateLastModified,guardianSourcedId,homeLanguage,interpreterNeeded,fundingCategory,household,"
        + "relation,livesWith,mayContact,mayPickUp,mayReceiveRecords,custody,contactPriority";

    /// <summary>Writes the file. Memory stays flat in the number of students.</summary>
    /// <param name="plan">Which district, on which day.</param>
    /// <param name="path">The CSV file.</param>
    /// <param name="ct">Stops the writing; half a file may remain.</param>
    /// <exception cref="ArgumentException">The plan is out of range.</exception>
    public static async Task WriteAsync(DistrictPlan plan, string path, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (rows, seed) = (new CsvText(), new Seed((ulong)plan.Seed).For("supplement"));
        rows.Line(Header);
        await using var file = new StreamWriter(path, append: false, new UTF8Encoding(false));
        foreach (var part in GeneratedDistrict.From(plan).Parts())
        {
            foreach (var person in part.People(plan.Day).Where(person => person.Language is not null))
            {
                Write(rows, person, seed.For(person.Id));
            }

            await file.WriteAsync(rows.Text, ct);
            rows.Text.Clear();
        }
    }

    private static void Write(CsvText rows, Person person, Seed seed)
    {
        var needsInterpreter = person.Language != "en" && seed.For("interpreter").Percent(60);
        var funding = person.Grade is not null && seed.For("funding").Percent(45) ? "free or reduced lunch" : null;
        rows.Add(person.Id, null, person.Language, needsInterpreter ? "true" : "false", funding,
            string.Join(',', person.Homes), null, null, null, null, null, null, null);
        if (person.Grade is not null) return;

        var (isFirst, role) = (person.Id.EndsWith("-A", StringComparison.Ordinal), person.Roles[0].Role);
        var relation = role switch
        {
            "parent" => isFirst ? "mother" : "father",
            "guardian" => "legalGuardian",
            _ => "grandmother",
        };
        foreach (var child in person.AgentIds)
        {
            // One in a hundred fathers: a court has said so.
            var isBarred = relation == "father" && seed.For("barred").Percent(1);
            var may = isBarred ? "false" : "true";
            rows.Add(child, person.Id, null, null, null, null, relation, isBarred ? "false" : "true", may, may, may,
                isBarred ? "no contact by court order" : null, isFirst ? "1" : "2");
        }
    }
}
