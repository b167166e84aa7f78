using System.Text;
using System.Text.Json;
using K12Hub.District.Csv;

namespace K12Hub.District.Serving;

/// <summary>A row as it is sent.</summary>
/// <param name="Id">Its sourcedId.</param>
/// <param name="Modified">When it last changed, in UTC.</param>
/// <param name="Active">False for a row that is kept to say that it has ended.</param>
/// <param name="Json">The whole object.</param>
internal sealed record ServedRow(string Id, DateTime Modified, bool Active, byte[] Json);

/// <summary>Rows of a collection in the order in which they come, and in that of their keys.</summary>
internal sealed class ServedCollection(IReadOnlyList<ServedRow> rows)
{
    public IReadOnlyList<ServedRow> Rows { get; } = rows;

    public IReadOnlyList<ServedRow> Sorted { get; } = [.. rows.OrderBy(row => row.Id, StringComparer.Ordinal)];
}

/// <summary>All collections of a district in one version, ready to be sent: kept in memory.</summary>
internal sealed class ServedRoster
{
    private readonly Dictionary<string, ServedCollection> collections = [];

    /// <summary>The collection of that name; null when there is none.</summary>
    public ServedCollection? Find(string name) => collections.GetValueOrDefault(name);

    /// <summary>Generates a district. What changed since the day before bears the plan's day; the rest, the first
    /// day of school.</summary>
    public static ServedRoster Of(DistrictPlan plan, string version, Faults faults)
    {
        var district = GeneratedDistrict.From(plan);
        var oneRoster = OneRosterVersion.Parse(version);
        var roster = new ServedRoster();
        foreach (var table in oneRoster.Tables(district.Calendar).Where(table => table.Name != "roles"))
        {
            var rows = new RosterRows(table, plan.Day, new(faults, version), district.Calendar, faults);
            foreach (var part in district.Parts()) rows.Take(part, withRoles: version == "1.2");
            roster.collections[table.Name] = new(rows.Served);
        }

        return roster;
    }

    /// <summary>Reads recorded pages: files <c>users.000000.json</c>, each an envelope with one array.</summary>
    public static ServedRoster OfPages(string folder)
    {
        var roster = new ServedRoster();
        var pages = Directory.EnumerateFiles(folder, "*.json")
            .Select(path => (path, parts: Path.GetFileName(path).Split('.')))
            .Where(page => page.parts is [_, { Length: 6 } number, _] && number.All(char.IsAsciiDigit))
            .GroupBy(page => page.parts[0], page => page.path);
        foreach (var collection in pages)
        {
            roster.collections[collection.Key] = new(
                [.. collection.Order(StringComparer.Ordinal).SelectMany(path => RowsOf(File.ReadAllBytes(path)))]);
        }

        return roster;
    }

    private static List<ServedRow> RowsOf(byte[] page)
    {
        using var json = JsonDocument.Parse(page);
        var rows = json.RootElement.EnumerateObject()
            .First(property => property.Value.ValueKind is JsonValueKind.Array).Value;
        return [.. rows.EnumerateArray().Select(row => new ServedRow(
            row.GetProperty("sourcedId").GetString()!, DateTime.UnixEpoch, Active: true,
            Encoding.UTF8.GetBytes(row.GetRawText())))];
    }
}

/// <summary>Takes the rows of one table, of the day before and of today, and finds what changed.</summary>
internal sealed class RosterRows(
    CsvTable table, int day, JsonRow json, SchoolCalendar calendar, Faults faults) : IRows
{
    private const int Morning = 6;

    private readonly JsonField[] fields = [.. table.Columns.Split(',').Select(name => JsonField.Of(table.Name, name))];
    private readonly Dictionary<string, byte[]> before = [];
    private readonly List<ServedRow> served = [];
    private RolesByUser? roles;
    private bool today;

    public IReadOnlyList<ServedRow> Served => served;

    public void Take(DistrictPart part, bool withRoles)
    {
        if (day > 0) Take(part, day - 1, withRoles);
        today = true;
        Take(part, day, withRoles);
        today = false;
        foreach (var (id, tail) in before) Add(id, tail, calendar.DateOf(day), active: false);
        before.Clear();
    }

    public void Add(string id, params ReadOnlySpan<string?> cells)
    {
        var tail = json.Tail(fields, cells, roles?.Of(id));
        if (!today)
        {
            before[id] = tail;
            return;
        }

        var same = day == 0 || (before.Remove(id, out var yesterday) && yesterday.AsSpan().SequenceEqual(tail));
        Add(id, tail, same ? calendar.FirstDay : calendar.DateOf(day), active: true);
    }

    private void Take(DistrictPart part, int onDay, bool withRoles)
    {
        roles = withRoles && table.Name == "users" ? new() : null;
        if (roles is not null) OneRosterUsers.Roles12.Write(part, onDay, roles);
        table.Write(part, onDay, this);
    }

    private void Add(string id, byte[] tail, DateOnly modified, bool active)
    {
        var at = modified.ToDateTime(new TimeOnly(Morning, 0), DateTimeKind.Utc);
        var text = faults.Has("oddDates") ? $"{at:yyyy-MM-dd'T'HH:mm:ss.fff}+0" : $"{at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
        var date = faults.Has("nullDates") ? "null" : $"\"{text}\"";
        var head = $"{{\"sourcedId\":{JsonSerializer.Serialize(id)},\"status\":"
            + $"\"{(active ? "active" : "tobedeleted")}\",\"dateLastModified\":{date}";
        served.Add(new(id, at, active, [.. Encoding.UTF8.GetBytes(head), .. tail, (byte)'}']));
    }

    private sealed class RolesByUser : IRows
    {
        private readonly Dictionary<string, List<string?[]>> byUser = [];

        public List<string?[]> Of(string user) => byUser.TryGetValue(user, out var roles) ? roles : [];

        public void Add(string id, params ReadOnlySpan<string?> cells)
        {
            var user = cells[0]!;
            if (!byUser.TryGetValue(user, out var roles)) byUser[user] = roles = [];
            roles.Add([cells[1], cells[2], cells[5]]);
        }
    }
}
