using System.Text.Json;
using System.Text.Json.Nodes;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What is told of somebody beside what is stored of them: who saw it and why, to whom it went, and how long
/// it is kept. Other people in the same records are not listed; what somebody wrote of the reason is told as it was
/// written.</summary>
internal sealed class PersonTrail(DocumentStore store, DistrictId district, IReadOnlyList<Guid> subjects)
{
    private const int LinesOfAPiece = 200;

    private const string FindRecords =
        """
        select json_strip_nulls(json_build_object(
                 'number', r.number, 'at', r.recorded_at, 'action', r.action, 'via', r.via, 'actor', r.actor,
                 'purpose', r.purpose, 'request', r.request_id, 'fields', string_to_array(r.field_groups, ' ')))::text,
               case when r.kind = 'disclosure' then r.detail end,
               case when r.kind = 'disclosure' then (
                 select p.students from es.audit_people p where p.tenant_id = $1 and p.id = r.people) end
          from es.audit_records r
         where r.tenant_id = $1 and r.kind = $3 and r.people in (
           select unnest(es.audit_people_with($1, s.id)) from unnest($2::uuid[]) s (id))
         order by r.number
        """;

    private const string FindSchedules =
        """
        select k.kind, s.keep_for, s.basis, s.in_force_since
          from (select bool_or(is_student), bool_or(is_staff), bool_or(is_guardian)
                  from roster.people_v1 where tenant_id = $1 and id = any($2)) p (student, staff, guardian)
         cross join lateral (values ('students', p.student), ('staff', p.staff), ('guardians', p.guardian),
                                    ('accessRecords', p.student)) k (kind, counts)
          left join roster.retention_schedules_v1 s on s.tenant_id = $1 and s.kind = k.kind
         where k.counts
        """;

    /// <summary>Writes it, a part at a time.</summary>
    public async Task WriteAsync(Utf8JsonWriter json, CancellationToken ct)
    {
        await WriteRecordsAsync(json, "accessRecords", "read", ct);
        await WriteRecordsAsync(json, "disclosures", "disclosure", ct);
        await WriteSchedulesAsync(json, ct);
    }

    private async Task WriteRecordsAsync(Utf8JsonWriter json, string name, string kind, CancellationToken ct)
    {
        json.WriteStartArray(name);
        await using var batch = DistrictBatch.For(store, district)
            .With(FindRecords, district.Value, subjects.ToArray(), kind);
        await using var rows = await batch.ReadAsync(ct);
        for (var lines = 1; await rows.ReadAsync(ct); lines++)
        {
            if (rows.IsDBNull(1)) json.WriteRawValue(rows.GetString(0));
            else await WriteDisclosureAsync(
                json, rows.GetString(0),
                new(rows.GetFieldValue<Guid[]>(2) is [var one] ? one : null, rows.GetString(1)), ct);
            if (lines % LinesOfAPiece == 0) await json.FlushAsync(ct);
        }

        json.WriteEndArray();
        await json.FlushAsync(ct);
    }

    private async Task WriteDisclosureAsync(
        Utf8JsonWriter json, string record, AuditDetail detail, CancellationToken ct)
    {
        var all = JsonNode.Parse(record)!.AsObject();
        all["disclosure"] = JsonNode.Parse((await store.Audit.OpenAsync(district, [detail], ct))[0]);
        all.WriteTo(json);
    }

    private async Task WriteSchedulesAsync(Utf8JsonWriter json, CancellationToken ct)
    {
        json.WriteStartArray("retention");
        await using var batch = DistrictBatch.For(store, district)
            .With(FindSchedules, district.Value, subjects.ToArray());
        await using var rows = await batch.ReadAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var schedule = new RetentionScheduleRow
            {
                Kind = rows.GetString(0),
                KeepFor = rows.IsDBNull(1) ? null : rows.GetString(1),
                Basis = rows.IsDBNull(2) ? null : rows.GetString(2),
            };
            json.WriteStartObject();
            json.WriteString("kind", schedule.Kind);
            json.WriteString("meaning", RetentionNode.Meaning(schedule));
            json.WriteString("keepFor", schedule.KeepFor);
            json.WriteString("basis", schedule.Basis);
            if (!rows.IsDBNull(3)) json.WriteString("inForceSince", rows.GetFieldValue<DateTimeOffset>(3));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        await json.FlushAsync(ct);
    }
}
