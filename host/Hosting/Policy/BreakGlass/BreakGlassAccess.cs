using K12Hub.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting;

/// <summary>Who may open what is private, who agrees, and who learns of it.</summary>
internal static class BreakGlassAccess
{
    public const string Request = "breakGlass.request";
    public const string Approve = "breakGlass.approve";
    public const string Read = "breakGlass.read";

    // What was opened, for as long as it is.
    private static readonly DerivedGrants Opened = new(
        $$"""
        select asked.id, null::text, '{}'::text[], '{}'::uuid[], '{}'::uuid[], '{}'::uuid[],
               'Opened for some hours: ' || b.reason, b.approved_at, array[b.object_key]
          from unnest({{DerivedGrants.Asked}}) asked(id)
          join {{BreakGlass.Rows}} b on b.tenant_id = $1 and b.requested_by = asked.id::text and b.open_until > $3
        """,
        $"""
        select id from (
          select distinct case when length(requested_by) = 36 and requested_by ~ '^[0-9a-f-]+$'
                               then requested_by::uuid end as id
            from {BreakGlass.Rows} where tenant_id = $1 and object_key = $10 and open_until > $2) opened
         where id > $3 order by id limit $4
        """);

    public static HubBuilder AddBreakGlass(this HubBuilder hub)
    {
        hub.Services.AddSingleton(Opened).AddSingleton<SecondPerson>();
        hub.Services.AddSingleton(provider => new BreakGlassDesk(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<ObjectSight>(),
            provider.GetRequiredService<SecondPerson>(), provider.GetRequiredService<TimeProvider>()));
        return hub
            .Permission(new(Request, "Ask to see a private object for some hours.",
                FieldGroup.Operations, ReachKind.Schools))
            .Permission(Approve, "Agree that somebody sees a private object for some hours.")
            .Permission(new(Read, "See which private objects were opened, by whom and why.",
                FieldGroup.Operations, ReachKind.Topics))
            .Role(Roles.SchoolAdministrator, ReachKind.Schools, Request)
            .Role(Roles.TopicOwner, ReachKind.Topics, Read)
            .Role(Roles.TeamMember, ReachKind.Topics, Read)
            .Role(Roles.Auditor, ReachKind.District, Read)
            .Access<BreakGlassRow>(Read, row => row.InTopic(x => x.TopicId))
            .Store(BreakGlass.AddTo)
            .Outbox<BreakGlassNotice, BreakGlassLog>(BreakGlassDesk.Message);
    }
}
