using System.Text;

namespace K12Hub.Roster.Tests;

/// <summary>Lincoln Elementary as a OneRoster package: Ana Ortiz and her two children, Ms. Reyes, Principal Okafor.
/// A test changes one thing and looks what comes of it.</summary>
internal sealed class Package
{
    private readonly Dictionary<string, List<string>> files = [];

    /// <summary>A package of 1.2, where roles have a file of their own.</summary>
    public static Package Version12() => Common("1.2")
        .With("users.csv",
            "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,"
                + "email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,"
                + "preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns",
            "ana,,,true,ana.ortiz,,Ana,Ortiz,,,ana@example.org,,555-0101,\"leo,mia\",,,,,,,,",
            "leo,,,true,leo.ortiz,{State:1001},Leonardo,Ortiz,,1001,,,,ana,03,,P-1001,Leo,,,lincoln,he/him",
            "mia,,,true,mia.ortiz,\"{State:1002},{LDAP:mortiz}\",Mía,Ortiz,,1002,,,,,01,,,,,,lincoln,",
            "reyes,,,true,m.reyes,,Maria,Reyes,,,reyes@example.org,,,,,,,,,,lincoln,",
            "okafor,,,true,c.okafor,,Chidi,Okafor,,,okafor@example.org,,,,,,,,,,,")
        .With("roles.csv",
            "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,"
                + "userProfileSourcedId",
            "r1,,,ana,primary,parent,,,lincoln,",
            "r2,,,leo,primary,student,2026-08-31,2027-06-12,lincoln,",
            "r3,,,mia,primary,student,2026-08-31,,lincoln,",
            "r4,,,reyes,primary,teacher,,,lincoln,",
            "r5,,,okafor,primary,principal,,,lincoln,",
            "r6,,,okafor,secondary,guardian,,,district,");

    /// <summary>A package of 1.1, where roles stand within the user.</summary>
    public static Package Version11() => Common("1.1")
        .With("users.csv",
            "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,"
                + "middleName,identifier,email,sms,phone,agentSourcedIds,grades,password",
            "ana,,,true,lincoln,parent,ana.ortiz,,Ana,Ortiz,,,ana@example.org,,555-0101,\"leo,mia\",,",
            "leo,,,true,lincoln,student,leo.ortiz,{State:1001},Leo,Ortiz,,1001,,,,ana,03,",
            "mia,,,true,lincoln,student,mia.ortiz,{State:1002},Mía,Ortiz,,1002,,,,,01,",
            "reyes,,,true,lincoln,teacher,m.reyes,,Maria,Reyes,,,reyes@example.org,,,,,",
            "okafor,,,true,\"lincoln,district\",administrator,c.okafor,,Chidi,Okafor,,,okafor@example.org,,,,,");

    /// <summary>Adds lines to a file; the first line of a new file is its header.</summary>
    public Package With(string file, params string[] lines)
    {
        if (!files.TryGetValue(file, out var known)) files.Add(file, known = []);
        known.AddRange(lines);
        return this;
    }

    /// <summary>Takes the rows out that begin with a sourcedId.</summary>
    public Package Without(string file, params string[] sourcedIds)
    {
        var gone = files[file].RemoveAll(line => sourcedIds.Contains(line.Split(',')[0]));
        Assert.Equal(sourcedIds.Length, gone);
        return this;
    }

    /// <summary>Changes some text in a file.</summary>
    public Package Change(string file, string what, string to)
    {
        Assert.Contains(files[file], line => line.Contains(what, StringComparison.Ordinal));
        files[file] = [.. files[file].Select(line => line.Replace(what, to, StringComparison.Ordinal))];
        return this;
    }

    /// <summary>Sends a file in another way than all at once, or not.</summary>
    public Package Sent(string collection, string mode)
    {
        if (mode == "absent") files.Remove($"{collection}.csv");
        return Change("manifest.csv", $"file.{collection},bulk", $"file.{collection},{mode}");
    }

    /// <summary>Writes the files.</summary>
    public void WriteTo(string folder)
    {
        foreach (var (name, lines) in files)
        {
            File.WriteAllText(Path.Combine(folder, name), string.Join("\r\n", lines) + "\r\n", Encoding.UTF8);
        }
    }

    /// <summary>All that is in it.</summary>
    public override string ToString() =>
        string.Join('\n', files.Select(file => $"{file.Key}\n{string.Join('\n', file.Value)}"));

    private static Package Common(string version) => new Package()
        .With("manifest.csv",
            "propertyName,value", "manifest.version,1.0", $"oneroster.version,{version}", "file.orgs,bulk",
            "file.academicSessions,bulk", "file.courses,bulk", "file.classes,bulk", "file.users,bulk",
            $"file.roles,{(version == "1.2" ? "bulk" : "absent")}", "file.enrollments,bulk", "file.demographics,bulk")
        .With("orgs.csv",
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
            "district,,,Riverside School District,district,0600001,",
            "lincoln,,,Lincoln Elementary,school,060000101,district")
        .With("academicSessions.csv",
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
            "year,,,2026-27,schoolYear,2026-08-31,2027-06-12,,2027",
            "fall,,,Fall,term,2026-08-31,2027-01-16,year,2027")
        .With("courses.csv",
            "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,"
                + "subjectCodes",
            "math3,,,year,Mathematics 3,M3,03,lincoln,Mathematics,02000")
        .With("classes.csv",
            "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,"
                + "schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods",
            "math3a,,,Mathematics 3 A,03,math3,M3-A,scheduled,12,lincoln,\"fall,year\",Mathematics,02000,\"1,2\"")
        .With("enrollments.csv",
            "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,"
                + "endDate",
            "e1,,,math3a,lincoln,leo,student,,2026-08-31,2027-06-12",
            "e2,active,2026-09-01T06:00:00.000Z,math3a,lincoln,reyes,teacher,true,,")
        .With("demographics.csv",
            "sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,"
                + "blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,"
                + "hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,"
                + "publicSchoolResidenceStatus",
            "leo,,,2017-04-05,male,false,false,false,false,true,false,true,US,CA,Riverside,",
            "mia,,,2019-11-20,female,,,,,,,,,,,");
}
