using System.ComponentModel.DataAnnotations;
using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Fetching;
using K12Hub.GraphQL.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Hosting;

/// <summary>What a module's <c>AddX()</c> plugs into: its settings, its part of the store, its permissions, its part of
/// the schema. The program then makes one hub of it all.</summary>
public sealed class HubBuilder
{
    private readonly IConfiguration configuration;
    private readonly List<Action<StoreOptions>> store = [];
    private readonly List<Action<IRequestExecutorBuilder>> schema = [];
    private readonly List<RowList> lists = [];
    private readonly PermissionCatalog permissions = new();
    private readonly RoleCatalog roles;
    private readonly RowAccessCatalog access = new();
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);
    private readonly ShownTypes shown = new();
    private readonly OutboxKinds kinds = new();
    private readonly List<DeclaredJob> jobs = [];

    /// <summary>A hub with nothing plugged in yet.</summary>
    /// <param name="services">Where services are registered.</param>
    /// <param name="configuration">The installation's settings.</param>
    public HubBuilder(IServiceCollection services, IConfiguration configuration)
    {
        (Services, this.configuration) = (services, configuration);
        roles = new(permissions);
        this.AddOperations();
        this.AddAudit();
        this.AddBreakGlass();
    }

    /// <summary>The installation's settings.</summary>
    public IConfiguration Configuration => configuration;

    /// <summary>Of whom rows are: who reads them through the API is written down.</summary>
    public AccessRules Reads { get; } = new();

    internal NotedEvents NotedEvents { get; } = new();

    /// <summary>The lists made of tables so far.</summary>
    public IReadOnlyList<RowList> Lists => lists;

    /// <summary>For what a module registers besides.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Reads a module's settings, checks them now, and registers them as they are.</summary>
    /// <typeparam name="T">The settings; properties carry unit in the name, range and default.</typeparam>
    /// <param name="section">Section of the installation's settings, mostly the module's name.</param>
    /// <exception cref="ValidationException">A value is out of its range; the message names it.</exception>
    public HubBuilder Settings<T>(string section)
        where T : class, new()
    {
        Services.AddSingleton(SettingsReader.Read<T>(configuration, section));
        return this;
    }

    /// <summary>Adds events, aggregates, projections and read tables.</summary>
    public HubBuilder Store(Action<StoreOptions> configure)
    {
        store.Add(configure);
        return this;
    }

    /// <summary>Adds a list: some rows of a read table as a row record of their own, for a type of their own.</summary>
    /// <typeparam name="TRow">The row record of the list.</typeparam>
    /// <typeparam name="TOf">The row record of the table.</typeparam>
    /// <param name="where">Which rows, in SQL over the table's columns: <c>is_student</c>.</param>
    public HubBuilder List<TRow, TOf>(string where)
        where TRow : class
        where TOf : class
    {
        lists.Add(new(typeof(TRow), typeof(TOf), where));
        return this;
    }

    /// <summary>Declares a permission. A policy that nobody declared refuses everybody.</summary>
    /// <param name="name">Stable name, module first: <c>roster.read</c>.</param>
    /// <param name="description">What whoever has it may do.</param>
    public HubBuilder Permission(string name, string description)
    {
        permissions.Declare(name, description);
        return this;
    }

    /// <summary>Declares a permission that may be limited, or that is about more than the machinery.</summary>
    public HubBuilder Permission(PermissionEntry permission)
    {
        permissions.Declare(permission);
        return this;
    }

    /// <summary>Gives a role permissions. What no module gives it, it does not have.</summary>
    /// <param name="role">One of <see cref="Roles"/>.</param>
    /// <param name="reach">How far at most; whoever has the role for less reaches less.</param>
    /// <param name="may">Names of permissions.</param>
    public HubBuilder Role(Role role, ReachKind reach, params IReadOnlyList<string> may)
    {
        ArgumentNullException.ThrowIfNull(role);
        roles.Share(role, reach, may);
        return this;
    }

    /// <summary>Says who sees rows of a kind. Every table, view and list has to say it; where one does not, the program
    /// does not start.</summary>
    /// <typeparam name="TRow">The row record.</typeparam>
    /// <param name="permission">The permission by which they are read.</param>
    /// <param name="scope">What in a row says whose it is, for those who do not reach the whole district; they see none
    /// where nothing is said.</param>
    public HubBuilder Access<TRow>(string permission, Action<RowAccess<TRow>>? scope = null)
        where TRow : class
    {
        var said = new RowAccess<TRow>(permission);
        scope?.Invoke(said);
        access.Add(said);
        return this;
    }

    /// <summary>Says that some columns of a kind of row are read by a permission of their own: that of a list of the
    /// same rows. Who sees a row there, and only who does, sees the columns. Their fields name it as their
    /// policy.</summary>
    /// <typeparam name="TRow">The row record; it has an <c>Id</c>.</typeparam>
    /// <typeparam name="TList">The list, with the same <c>Id</c> and the columns.</typeparam>
    /// <param name="columns">Names of properties that both have.</param>
    public HubBuilder Guard<TRow, TList>(params IReadOnlyList<string> columns)
        where TRow : class, new()
        where TList : class
    {
        access.Add(new GuardedColumns(typeof(TRow), typeof(TList), columns));
        return this;
    }

    /// <summary>Says that no viewer sees rows of a kind: a part of the program reads them with statements of its
    /// own.</summary>
    /// <typeparam name="TRow">The row record.</typeparam>
    public HubBuilder NoAccess<TRow>()
        where TRow : class
    {
        access.Add(new RowAccess<TRow>(""));
        return this;
    }

    /// <summary>Says which ids there is something of, for commands that name it (<see cref="INamesOthers"/>).</summary>
    /// <param name="kind">What, as a noun in lower case: <c>person</c>.</param>
    /// <param name="sql">Those of the ids <c>$2</c> that the district <c>$1</c> has; a second column may say what they
    /// are called.</param>
    public HubBuilder Known(string kind, string sql)
    {
        known.Add(kind, sql);
        return this;
    }

    /// <summary>Says who sends messages of a kind.</summary>
    /// <typeparam name="TMessage">What is published, as JSON.</typeparam>
    /// <typeparam name="THandler">Who sends it; made anew for each message.</typeparam>
    /// <param name="kind">What to do, stored with the message: <c>mail.send</c>.</param>
    /// <param name="limit">How long an attempt may take; null for the setting <c>Outbox:LimitSeconds</c>.</param>
    /// <param name="may">The permissions the handler has.</param>
    public HubBuilder Outbox<TMessage, THandler>(
        string kind, TimeSpan? limit = null, params IReadOnlyList<string> may)
        where TMessage : class
        where THandler : class, IOutboxHandler<TMessage>
    {
        kinds.Add(OutboxKind.Of<TMessage, THandler>(kind, limit, may), typeof(TMessage));
        Services.TryAddScoped<THandler>();
        return this;
    }

    /// <summary>Says who sends messages of a kind, where a function is enough.</summary>
    /// <typeparam name="TMessage">What is published, as JSON.</typeparam>
    /// <param name="kind">What to do, stored with the message: <c>mail.send</c>.</param>
    /// <param name="send">Sends one message.</param>
    /// <param name="limit">How long an attempt may take; null for the setting <c>Outbox:LimitSeconds</c>.</param>
    public HubBuilder Outbox<TMessage>(
        string kind, Func<TMessage, OutboxDelivery, CancellationToken, Task<OutboxResult>> send, TimeSpan? limit = null)
        where TMessage : class
    {
        kinds.Add(
            OutboxKind.Of<TMessage>(kind, limit, [], (_, message, delivery, ct) => send(message, delivery, ct)),
            typeof(TMessage));
        return this;
    }

    /// <summary>Adds a job that somebody may ask for; see <see cref="BackgroundJob"/>.</summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <param name="limit">How long a run may take; null for the setting <c>Outbox:LimitSeconds</c>.</param>
    /// <param name="may">The permissions the job has.</param>
    public HubBuilder Job<TJob>(TimeSpan? limit = null, params IReadOnlyList<string> may)
        where TJob : class, IJob
    {
        kinds.Add(JobRunner.KindOf<TJob>(limit, may), null);
        Services.TryAddScoped<TJob>();
        return this;
    }

    /// <summary>Adds a job that is due again and again in every district.</summary>
    /// <typeparam name="TJob">The job.</typeparam>
    /// <param name="cron">When, as a cron expression of Quartz: seconds first. By the clocks of
    /// <c>Jobs:TimeZone</c>; <c>Jobs:Schedules</c> may say otherwise.</param>
    /// <param name="limit">How long a run may take; null for the setting <c>Outbox:LimitSeconds</c>.</param>
    /// <param name="may">The permissions the job has.</param>
    /// <exception cref="FormatException">The expression cannot be read.</exception>
    public HubBuilder Recurring<TJob>(string cron, TimeSpan? limit = null, params IReadOnlyList<string> may)
        where TJob : class, IJob
    {
        if (FireTimes.Complaint(cron) is { } complaint) throw new FormatException($"{TJob.Name}: {complaint}");
        jobs.Add(new(TJob.Name, TJob.Name, cron));
        return Job<TJob>(limit, may);
    }

    /// <summary>Makes a job that was added due by a schedule of its own name, of which it may have several: one per
    /// thing that is to be done at a time of its own. The job is told which.</summary>
    /// <typeparam name="TJob">The job; added with <see cref="Job{TJob}"/>.</typeparam>
    /// <param name="id">What the schedule is called: <c>roster.import:sis</c>.</param>
    /// <param name="cron">When, as a cron expression of Quartz: seconds first. By the clocks of
    /// <c>Jobs:TimeZone</c>; <c>Jobs:Schedules</c> may say otherwise.</param>
    /// <exception cref="FormatException">The expression cannot be read.</exception>
    public HubBuilder Schedule<TJob>(string id, string cron)
        where TJob : class, IJob
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (FireTimes.Complaint(cron) is { } complaint) throw new FormatException($"{id}: {complaint}");
        jobs.Add(new(id, TJob.Name, cron));
        return this;
    }

    /// <summary>Has an event copied into the audit trail, because it matters to whoever watches over a district: who
    /// may do what, and with what people sign in. Its stored name is the action.</summary>
    /// <typeparam name="TEvent">The event.</typeparam>
    /// <param name="what">What is to be said of it beside who, when and in which stream: ids and stable words, never
    /// personal data. Null for nothing.</param>
    public HubBuilder Noted<TEvent>(Func<TEvent, object?>? what = null)
        where TEvent : class
    {
        NotedEvents.Add<TEvent>(what ?? (_ => null));
        return this;
    }

    /// <summary>Adds types and loaders; mostly one generated method.</summary>
    public HubBuilder Schema(Action<IRequestExecutorBuilder> configure)
    {
        schema.Add(configure);
        return this;
    }

    /// <summary>Gives every module's part of the schema to the GraphQL server.</summary>
    public void AddTo(IRequestExecutorBuilder graphQL)
    {
        // A field that says nothing about who may use it does not start.
        graphQL.ConfigureSchema(built => (built.RequirePolicies, shown.Schema) = (true, built));
        graphQL.ModifyOptions(options => options.AnswerWatch = Reads);
        foreach (var part in schema)
        {
            part(graphQL);
        }
    }

    /// <summary>Registers store, rows, viewer and policy.</summary>
    /// <param name="database">How to reach PostgreSQL; asked when the store is first needed.</param>
    public void Register(Func<IServiceProvider, HubDatabase> database)
    {
        Services.TryAddSingleton(TimeProvider.System);
        RegisterPolicy();
        Services.AddScoped(provider => new CommandDoor(
            provider.GetRequiredService<DocumentStore>(),
            provider.GetRequiredService<ViewerScope>(),
            provider.GetRequiredService<ICommandPolicy>(),
            provider.GetRequiredService<KnownIds>(),
            provider.GetRequiredService<AccessNotes>(),
            provider.GetRequiredService<TimeProvider>()));
        Services.AddSingleton(provider => OpenStore(
            database(provider), provider.GetRequiredService<TimeProvider>()));
        this.RegisterWork(kinds, jobs);
        this.RegisterAudit();
        Services.AddSingleton(provider => new ReadingConnections(database(provider).ConnectionString));
        Services.AddSingleton(provider => new RowsContexts(
            provider.GetRequiredService<DocumentStore>().Options.Tables, lists, access,
            provider.GetRequiredService<CompiledQueries>()));
        Services.AddSingleton<IDbContextFactory<RowsContext>>(provider => provider.GetRequiredService<RowsContexts>());
        Services.AddSingleton(new CompiledQueries());
        Services.AddSingleton(provider => new LiveEvents(
            provider.GetRequiredService<DocumentStore>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<ILogger<LiveEvents>>() ?? NullLogger<LiveEvents>.Instance)
        {
            MaxEventsBehind = (provider.GetService<RequestExecutorBuilder>() ?? new()).Options.MaxEventsBehind,
        });
        Services.AddScoped(provider => new Rows(
            provider.GetRequiredService<RowsContexts>(), provider.GetRequiredService<ReadingConnections>(),
            provider.GetRequiredService<ViewerScope>()));
        Services.AddScoped<IBatchListener>(provider => provider.GetRequiredService<Rows>());
    }

    private void RegisterPolicy()
    {
        Services.AddSingleton(permissions).AddSingleton(roles).AddSingleton(access);
        Services.AddSingleton(new KnownIds(known));
        Services.AddSingleton<IFieldAuthorization, FieldPolicy>();
        Services.AddScoped<ViewerScope>();
        Services.TryAddSingleton<ICommandPolicy, PermissionPolicy>();
        Services.AddSingleton(provider => new ViewerGrants(
            provider.GetRequiredService<DocumentStore>(), roles, provider.GetServices<DerivedGrants>(),
            provider.GetRequiredService<TimeProvider>()));
        Services.TryAddSingleton<IViewerGrants>(provider => provider.GetRequiredService<ViewerGrants>());
        Services.AddSingleton(provider => new ObjectSight(
            provider.GetRequiredService<RowsContexts>(), provider.GetRequiredService<ReadingConnections>(), access,
            shown));
        Services.AddSingleton<WhoCanSee>();
        Services.AddSingleton(provider => new RoleGiving(
            provider.GetRequiredService<DocumentStore>(), provider.GetRequiredService<ICommandPolicy>(),
            provider.GetRequiredService<KnownIds>(), provider.GetRequiredService<TimeProvider>()));
    }

    private DocumentStore OpenStore(HubDatabase database, TimeProvider time) => DocumentStore.For(options =>
    {
        options.ConnectionString = database.ConnectionString;
        options.OwnerConnectionString = database.OwnerConnectionString;
        options.Time = time;
        options.SignalAppends = true;
        foreach (var part in store)
        {
            part(options);
        }
    });
}
