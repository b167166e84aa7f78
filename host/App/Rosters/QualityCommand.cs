using System.Globalization;
using System.Text.Json;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Roster;
using Spectre.Console;

namespace K12Hub.App;

/// <summary><c>K12Hub roster quality</c>: how good the data is, school by school.</summary>
internal sealed class QualityCommand(RosterQuality quality, DistrictId district, AccessNotes notes)
{
    /// <summary>What was asked for on the command line.</summary>
    /// <param name="School">Of one school; null for all.</param>
    /// <param name="Csv">Where to write every record with something wrong; null for nowhere.</param>
    /// <param name="Json">Whether to print one line of JSON.</param>
    internal sealed record Wanted(Guid? School, string? Csv, bool Json);

    public async Task<int> RunAsync(Wanted wanted, CancellationToken ct)
    {
        var schools = await quality.OfSchoolsAsync(district, wanted.School is { } id ? [id] : null, ct);
        if (wanted.School is { } missing && schools.Count == 0)
        {
            throw new RefusedException($"There is no school {missing}.");
        }

        var whole = wanted.School is null ? await quality.OfDistrictAsync(district, ct) : schools[0];
        var written = wanted.Csv is { } file ? await WriteAsync(file, wanted.School, ct) : (int?)null;
        if (wanted.Json) Console.WriteLine(Line(whole, schools, wanted.Csv, written));
        else Print(whole, wanted.School is null ? schools : [], wanted.Csv, written);
        return ExitCodes.Done;
    }

    /// <summary>Under another name until it is whole: nobody takes half a list for all of it.</summary>
    private async Task<int> WriteAsync(string file, Guid? school, CancellationToken ct)
    {
        var half = file + ".part";
        try
        {
            int written;
            await using (var into = File.Create(half))
            {
                written = await quality.WriteCsvAsync(district, school, into, notes, ct);
            }

            File.Move(half, file, overwrite: true);
            return written;
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new IOException(denied.Message, denied);
        }
        finally
        {
            File.Delete(half);
        }
    }

    private static string Line(
        QualityReport whole, IReadOnlyList<QualityReport> schools, string? file, int? written) =>
        JsonSerializer.Serialize(
            new { whole = Plain(whole), schools = schools.Select(Plain), file, written }, StoreVerb.Json);

    private static object Plain(QualityReport report) => new
    {
        school = report.School, name = report.SchoolName, report.DataAsOf, report.Score,
        findings = report.Findings.Where(finding => finding.LookedAt > 0).Select(finding => new
        {
            rule = finding.Rule.Name, finding.Count, finding.LookedAt,
        }),
    };

    private static void Print(
        QualityReport whole, IReadOnlyList<QualityReport> schools, string? file, int? written)
    {
        var culture = CultureInfo.InvariantCulture;
        AnsiConsole.MarkupLineInterpolated(
            culture, $"{whole.SchoolName ?? "District"}: {Score(whole)}. Data of {Age(whole)}.");
        foreach (var finding in whole.Findings.Where(finding => finding.Count > 0))
        {
            AnsiConsole.MarkupLineInterpolated(
                culture,
                $"{finding.Count,8:N0} of {finding.LookedAt:N0}  {finding.Rule.Name}: {finding.Rule.Meaning}");
        }

        foreach (var school in schools)
        {
            AnsiConsole.MarkupLineInterpolated(
                culture,
                $"{Score(school),8}  {school.SchoolName} ({school.Findings.Sum(f => f.Count):N0} findings)");
        }

        if (written is { } lines) AnsiConsole.MarkupLineInterpolated(culture, $"{lines:N0} records are in {file}.");
    }

    private static string Score(QualityReport report) =>
        report.Score?.ToString("0.0", CultureInfo.InvariantCulture) ?? "nothing to look at";

    private static string Age(QualityReport report) =>
        report.DataAsOf?.ToString("u", CultureInfo.InvariantCulture) ?? "no run yet";
}
