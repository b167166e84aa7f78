using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<QualityReport>, Authorize(Policy = RosterPermissions.ReadQuality)]
internal static partial class QualityReportNode
{
    /// <summary>What each rule found, also where it found nothing.</summary>
    [ListSize(AssumedSize = 20)]
    public static IReadOnlyList<QualityFinding> GetFindings(
        [Parent(nameof(QualityReport.Findings))] QualityReport report) => report.Findings;
}

[ObjectType<QualityFinding>, Authorize(Policy = RosterPermissions.ReadQuality)]
internal static partial class QualityFindingNode
{
    /// <summary>The rule.</summary>
    public static QualityRule GetRule([Parent(nameof(QualityFinding.Rule))] QualityFinding finding) => finding.Rule;
}

[ObjectType<QualityRule>, Authorize(Policy = RosterPermissions.ReadQuality)]
internal static partial class QualityRuleNode;

[ObjectType<QualityRecord>, Authorize(Policy = RosterPermissions.ReadQuality)]
internal static partial class QualityRecordNode
{
    /// <summary>The school; null for what belongs to none.</summary>
    [Authorize(Policy = RosterPermissions.Read)]
    public static Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(QualityRecord.SchoolId))] QualityRecord record,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        record.SchoolId is { } id ? schools.With(query).LoadAsync(id, ct) : Task.FromResult<SchoolRow?>(null);

    /// <summary>The person, where it is one.</summary>
    [Authorize(Policy = RosterPermissions.Read)]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(QualityRecord.Kind), nameof(QualityRecord.RecordId))] QualityRecord record,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        record.Kind is "class" or "enrollment"
            ? Task.FromResult<PersonRow?>(null)
            : people.With(query).LoadAsync(record.RecordId, ct);

    /// <summary>The class, where it is one.</summary>
    [Authorize(Policy = RosterPermissions.Read)]
    public static Task<ClassRow?> GetClassAsync(
        [Parent(nameof(QualityRecord.Kind), nameof(QualityRecord.RecordId))] QualityRecord record,
        QueryContext<ClassRow> query, IClassByIdDataLoader classes, CancellationToken ct) =>
        record.Kind is "class" ? classes.With(query).LoadAsync(record.RecordId, ct) : Task.FromResult<ClassRow?>(null);

    /// <summary>The enrollment, where it is one.</summary>
    [Authorize(Policy = RosterPermissions.Read)]
    public static Task<EnrollmentRow?> GetEnrollmentAsync(
        [Parent(nameof(QualityRecord.Kind), nameof(QualityRecord.RecordId))] QualityRecord record,
        QueryContext<EnrollmentRow> query, IEnrollmentByIdDataLoader enrollments, CancellationToken ct) =>
        record.Kind is "enrollment"
            ? enrollments.With(query).LoadAsync(record.RecordId, ct)
            : Task.FromResult<EnrollmentRow?>(null);
}
