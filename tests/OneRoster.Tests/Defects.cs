using System.Text;

namespace K12Hub.OneRoster.Tests;

/// <summary>One way to break each rule that can be broken by the text of a package.</summary>
internal static class Defects
{
    private const string Users = "users.csv";
    private const string Enrollments = "enrollments.csv";
    private const string Manifest = "manifest.csv";

    public static IReadOnlyDictionary<string, Func<SamplePackage, SamplePackage>> ByRule { get; } =
        new Dictionary<string, Func<SamplePackage, SamplePackage>>
        {
            ["file.empty"] = p => p.With("courses.csv", []),
            ["file.missing"] = p => p.Without("courses.csv"),
            ["file.required"] = p => p.Replace(Manifest, "file.orgs,bulk", "file.orgs,absent"),
            ["file.cut_off"] = p => p.With(Enrollments, Cut(p, Enrollments, "2026-09-01T06:00:00.000Z,math3a")),
            ["manifest.missing"] = p => p.Without(Manifest),
            ["manifest.unreadable"] = p => p.With(Manifest, "name,content\na,b"),
            ["manifest.version"] = p => p.Replace(Manifest, "oneroster.version,1.2", "oneroster.version,2.0"),
            ["manifest.mode"] = p => p.Replace(Manifest, "file.users,bulk", "file.users,full"),
            ["column.missing"] = p => p.Replace(Users, "familyName", "surname"),
            ["column.twice"] = p => p.Replace(Users, "username", "email"),
            ["row.too_long"] = p => p.Replace(Users, "Leonardo", new string('x', 200_000)),
            ["row.swallowing"] = p => p.Replace(Users, "Leonardo,", "\"Leonardo,"),
            ["row.short"] = p => p.Replace(Enrollments, "student,,2026-08-31,2027-06-12", "student,,"),
            ["row.long"] = p => p.Replace(Enrollments, "student,,", "student,,,,"),
            ["row.quotes"] = p => p.Replace(Users, "Leonardo", "\"Leonardo \"Leo\" Maria\""),
            ["encoding.invalid"] = p => p.With(Users, InvalidByteInRow(p)),
            ["cell.missing"] = p => p.Replace(Enrollments, "lincoln,leo,student", "lincoln,,student"),
            ["cell.too_long"] = p => p.Replace(Users, "Leonardo", new string('x', 501)),
            ["value.unknown"] = p => p.Replace(Enrollments, "leo,student", "leo,wizard"),
            ["date.unreadable"] = p => p.Replace(Enrollments, "2026-08-31", "8/31/2026"),
            ["manifest.no_version"] = p => p.Replace(Manifest, "oneroster.version,1.2\n", ""),
            ["file.ignored"] = p => p.With("lunch.csv", "a,b"),
            ["column.alias"] = p => p.Replace("classes.csv", "termSourcedIds", "termSourcedId"),
            ["column.absent"] = p => p.Replace(Users, "middleName", "metadata.middle"),
            ["column.unknown"] = p => p.Replace(Users, "password", "lunchNumber"),
            ["encoding.converted"] = p => p.With(Users, InWindows1252(p)),
            ["text.damaged"] = p => p.Replace(Users, "Mía", "M\uFFFDa"),
            ["cell.left_out"] = p => p.Replace("classes.csv", ",math3,", ",,"),
            ["value.replaced"] = p => p.Replace("classes.csv", "scheduled", "seminar"),
            ["value.dropped"] = p => p.Replace("demographics.csv", "2017-04-05", "5 April"),
            ["row.padded"] = p => p.Replace("roles.csv", "student,2026-08-31,,lincoln,", "student,2026-08-31,,lincoln"),
        };

    private static byte[] Cut(SamplePackage package, string file, string after)
    {
        var text = Encoding.UTF8.GetString(package.Files[file]);

        return Encoding.UTF8.GetBytes(text[..(text.IndexOf(after, StringComparison.Ordinal) + after.Length)]);
    }

    private static byte[] InWindows1252(SamplePackage package) =>
        Encoding.Latin1.GetBytes(Encoding.UTF8.GetString(package.Files[Users]));

    /// <summary>A row further down in Windows-1252, in a file that began as UTF-8.</summary>
    private static byte[] InvalidByteInRow(SamplePackage package) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(package.Files[Users])
            .Replace("Maria", "Mar\u00EDa", StringComparison.Ordinal));
}
