namespace K12Hub.EventStore.Faults;

/// <summary>A store built wrongly in one place. The load must break each of them, or it proves nothing about the right
/// one. Where the wrong moment is shorter than a load of a minute can hit, it is made longer.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Damage">What makes it so.</param>
internal sealed record Design(string Name, string Damage)
{
    private const string Lowest =
        """
        select min(((l.classid::bigint & 65535) << 32) | l.objid::bigint) into lowest from pg_locks l
         where l.locktype = 'advisory' and l.objsubid = 1 and l.mode = 'ShareLock' and l.granted
           and (l.classid::bigint >> 16) = t
        """;

    public static readonly IReadOnlyList<Design> All =
    [
        new("reads-what-is-there", Settled("select last_value from es.position_seq")),
        new("one-statement",
            """
            create or replace function es.read(t smallint, after bigint, lim integer, only_types text[] default null)
            returns setof es.events language sql stable as $$
              select e.* from es.events e
                join (select es.settled(t) as upto from pg_sleep(0.005)) s on e.position <= s.upto
               where e.tenant_id = t and e.position > after order by e.position limit lim
            $$
            """),
        new("asks-writers-first",
            $"""
            create or replace function es.settled(t smallint) returns bigint language plpgsql volatile as $$
            declare handed_out bigint; lowest bigint;
            begin
              {Lowest};
              for wait in 1 .. 10 loop
                exit when lowest is not null or exists (
                  select from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1 and l.mode = 'ShareLock'
                    and l.granted and (l.classid::bigint >> 16) = t);
                perform pg_sleep(0.002);
              end loop;
              perform pg_sleep(0.002);
              select last_value into handed_out from es.position_seq;
              return least(handed_out, coalesce(lowest, handed_out));
            end $$
            """),
        new("ten-at-a-time", "alter sequence es.position_seq cache 10"),
        new("announces-late", "create or replace function es.enter(t smallint) returns void language sql as 'select'"),
        new("zero-not-burned", "alter sequence es.position_seq restart 0"),
    ];

    private static string Settled(string sql) =>
        $"create or replace function es.settled(t smallint) returns bigint language sql volatile as '{sql}'";
}
