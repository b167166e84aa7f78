using K12Hub.Contracts;
using static K12Hub.Roster.ProvidedField;

namespace K12Hub.Roster;

/// <summary>People and demographics as they are handed on.</summary>
internal static class ProvidedPeople
{
    /// <summary>Roles are a part of the person: in the words of 1.2, which knows no plain administrator, and in the
    /// order in which they came. An ended person has the last ones.</summary>
    private const string Roles =
        """
        left join roster.organizations o on o.tenant_id = t.tenant_id and o.id = t.primary_organization_id
        left join lateral (
          select array_agg(word order by place, sourced_id) filter (where counts) as words,
                 array_agg(org order by place, sourced_id) filter (where counts) as orgs,
                 array_agg(is_primary order by place, sourced_id) filter (where counts) as primaries,
                 array_agg(begin_date order by place, sourced_id) filter (where counts) as begins,
                 array_agg(end_date order by place, sourced_id) filter (where counts) as ends,
                 max(updated_at) as updated_at
            from (select case when r.role <> 'administrator' then r.role
                              when ro.type = 'school' then 'siteAdministrator' else 'districtAdministrator' end as word,
                         ro.sourced_id as org, r.is_primary, r.begin_date, r.end_date, r.sourced_id, rs.updated_at,
                         array_position(t.role_ids, r.id) as place,
                         r.ended_at is null or t.ended_at is not null as counts
                    from roster.person_roles r
                    join roster.organizations ro on ro.tenant_id = r.tenant_id and ro.id = r.organization_id
                    join es.streams rs on rs.tenant_id = r.tenant_id and rs.stream_id = r.id
                   where r.tenant_id = t.tenant_id and r.person_id = t.id) role) r on true
        """;

    /// <summary>Whoever changed, or a role of whom did.</summary>
    private const string Changed =
        """
        select s.stream_id from es.streams s where s.tenant_id = $1 and {0}
        union all
        select r.person_id from roster.person_roles r
          join es.streams s on s.tenant_id = r.tenant_id and s.stream_id = r.id
         where r.tenant_id = $1 and {0}
        """;

    public static readonly ProvidedTable Users = new(
        RosterKinds.Users,
        [
            Flag("enabledUser", "enabled"), Text("username", "username"), Text("givenName", "given_name"),
            Text("familyName", "family_name"), Text("middleName", "middle_name"),
            Text("preferredFirstName", "preferred_given_name"), Text("preferredMiddleName", "preferred_middle_name"),
            Text("preferredLastName", "preferred_family_name"), Text("pronouns", "pronouns"),
            Text("identifier", "identifier"), Text("email", "email"), Text("sms", "sms"), Text("phone", "phone"),
            Texts("grades"), Text("userMasterIdentifier", "user_master_identifier"),
            Key("primaryOrg.sourcedId", "primary_organization_id", RosterCollections.Orgs),
            Keys("agents.sourcedId", "t.agent_ids", RosterCollections.Users),
            new(new("roles.role", RosterFieldType.EachText), RolesOf("role")),
            Keys("roles.org.sourcedId", RolesOf("organization_id"), RosterCollections.Orgs),
        ],
        $$"""
        t.enabled, t.username, t.user_ids, t.given_name, t.family_name, t.middle_name, t.preferred_given_name,
        t.preferred_middle_name, t.preferred_family_name, t.pronouns, t.identifier, t.email, t.sms, t.phone,
        array(select a.sourced_id from unnest(t.agent_ids) with ordinality agent (id, place)
                join roster.people a on a.tenant_id = t.tenant_id and a.id = agent.id and {{ProvidedTable.IsKept("a")}}
               order by agent.place),
        t.grades, t.user_master_identifier, o.sourced_id,
        coalesce(r.words, '{}'), coalesce(r.orgs, '{}'), coalesce(r.primaries, '{}'), r.begins, r.ends
        """,
        Roles,
        ReadUser)
    {
        Modified = "greatest(s.updated_at, r.updated_at)",
        ChangedRows = Changed,
    };

    /// <summary>The same without addresses and numbers.</summary>
    public static readonly ProvidedTable UsersWithoutContact = Users with
    {
        Fields = [.. Users.Fields.Where(field => field.Field.Name is not ("email" or "sms" or "phone"))],
        Columns = Users.Columns.Replace(
            "t.email, t.sms, t.phone", "null::text, null::text, null::text", StringComparison.Ordinal),
    };

    public static readonly ProvidedTable Demographics = new(
        RosterKinds.Demographics,
        [Date("birthDate", "birth_date", canSort: false), Text("sex", "sex", canSort: false)],
        """
        t.birth_date, t.sex, t.american_indian_or_alaska_native, t.asian, t.black_or_african_american,
        t.native_hawaiian_or_other_pacific_islander, t.white, t.two_or_more_races, t.hispanic_or_latino,
        t.country_of_birth_code, t.state_of_birth, t.city_of_birth, t.public_school_residence_status
        """,
        "",
        (common, row) => new DemographicsRecord
        {
            SourcedId = common.SourcedId,
            Line = 0,
            Status = common.Status,
            DateLastModified = common.Modified,
            BirthDate = row.DateOrNull(),
            Sex = row.TextOrNull(),
            AmericanIndianOrAlaskaNative = row.FlagOrNull(),
            Asian = row.FlagOrNull(),
            BlackOrAfricanAmerican = row.FlagOrNull(),
            NativeHawaiianOrOtherPacificIslander = row.FlagOrNull(),
            White = row.FlagOrNull(),
            DemographicRaceTwoOrMoreRaces = row.FlagOrNull(),
            HispanicOrLatinoEthnicity = row.FlagOrNull(),
            CountryOfBirthCode = row.TextOrNull(),
            StateOfBirthAbbreviation = row.TextOrNull(),
            CityOfBirth = row.TextOrNull(),
            PublicSchoolResidenceStatus = row.TextOrNull(),
        });

    private static string RolesOf(string column) =>
        $"""
        array(select g.{column} from roster.person_roles g
               where g.tenant_id = t.tenant_id and g.person_id = t.id and g.ended_at is null)
        """;

    /// <summary>A row as a person.</summary>
    public static UserRecord ReadUser(ProvidedBase common, StagedReader row) => new()
    {
        SourcedId = common.SourcedId,
        Line = 0,
        Status = common.Status,
        DateLastModified = common.Modified,
        EnabledUser = row.Flag(),
        Username = row.TextOrNull(),
        UserIds = [.. row.Texts().Select(text => text.Split(':', 2)).Select(id => new UserIdentifier(id[0], id[^1]))],
        GivenName = row.Text(),
        FamilyName = row.Text(),
        MiddleName = row.TextOrNull(),
        PreferredGivenName = row.TextOrNull(),
        PreferredMiddleName = row.TextOrNull(),
        PreferredFamilyName = row.TextOrNull(),
        Pronouns = row.TextOrNull(),
        Identifier = row.TextOrNull(),
        Email = row.TextOrNull(),
        Sms = row.TextOrNull(),
        Phone = row.TextOrNull(),
        AgentSourcedIds = row.Texts(),
        Grades = row.Texts(),
        UserMasterIdentifier = row.TextOrNull(),
        PrimaryOrgSourcedId = row.TextOrNull(),
        Roles = ReadRoles(common, row.Texts(), row.Texts(), row.Flags(), row.DatesOrNull(), row.DatesOrNull()),
    };

    private static RoleRecord[] ReadRoles(
        ProvidedBase common, string[] words, string[] orgs, bool[] primaries, DateOnly?[] begins, DateOnly?[] ends) =>
        [.. words.Select((word, i) => new RoleRecord
        {
            SourcedId = $"{common.SourcedId}|{word}|{orgs[i]}",
            Line = 0,
            Status = common.Status,
            DateLastModified = common.Modified,
            UserSourcedId = common.SourcedId,
            OrgSourcedId = orgs[i],
            Role = word,
            Primary = primaries[i],
            BeginDate = begins[i],
            EndDate = ends[i],
        })];
}
