using System.IO.Compression;
using System.Text;

namespace K12Hub.OneRoster.Tests;

/// <summary>A small district as a package: Lincoln Elementary, Ana Ortiz and her two children, Ms. Reyes and
/// Principal Okafor. A test changes one thing and looks what comes of it.</summary>
internal sealed class SamplePackage
{
    private readonly SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    private SamplePackage()
    {
    }

    public IReadOnlyDictionary<string, byte[]> Files => files;

    public static SamplePackage Version11() => Common("1.1")
        .With("users.csv", """
            sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,\
            middleName,identifier,email,sms,phone,agentSourcedIds,grades,password
            ana,,,true,lincoln,parent,ana.ortiz,,Ana,Ortiz,,,ana@example.org,,555-0101,"leo,mia",,
            leo,,,true,lincoln,student,leo.ortiz,{State:1001},Leo,Ortiz,,1001,,,,ana,03,secret-1
            mia,,,true,"lincoln,district",student,mia.ortiz,"{State:1002},{LDAP:mortiz}",Mía,Ortiz,,1002,,,,ana,01,\
            secret-2
            reyes,,,true,lincoln,teacher,m.reyes,,Maria,Reyes,,,reyes@example.org,,,,,
            okafor,,,true,"lincoln,district",administrator,c.okafor,,Chidi,Okafor,,,okafor@example.org,,,,,
            """);

    public static SamplePackage Version12() => Common("1.2")
        .With("users.csv", """
            sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,\
            identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,\
            preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns
            ana,,,true,ana.ortiz,,Ana,Ortiz,,,ana@example.org,,555-0101,"leo,mia",,,,,,,,
            leo,,,true,leo.ortiz,{State:1001},Leonardo,Ortiz,,1001,,,,ana,03,secret-1,P-1001,Leo,,,lincoln,he/him
            mia,,,true,mia.ortiz,"{State:1002},{LDAP:mortiz}",Mía,Ortiz,,1002,,,,ana,01,secret-2,,,,,lincoln,
            reyes,,,true,m.reyes,,Maria,Reyes,,,reyes@example.org,,,,,,,,,,lincoln,
            okafor,,,true,c.okafor,,Chidi,Okafor,,,okafor@example.org,,,,,,,,,,lincoln,
            """)
        .With("roles.csv", """
            sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,\
            userProfileSourcedId
            r1,,,ana,primary,guardian,,,lincoln,
            r2,,,leo,primary,student,2026-08-31,2027-06-12,lincoln,
            r3,,,mia,primary,student,2026-08-31,,lincoln,
            r4,,,reyes,primary,teacher,,,lincoln,
            r5,,,okafor,primary,principal,,,lincoln,
            r6,,,okafor,secondary,teacher,,,lincoln,
            """);

    /// <summary>Puts a file in; a line that ends with a backslash goes on in the next.</summary>
    public SamplePackage With(string file, string text) =>
        With(file, Encoding.UTF8.GetBytes(text.Replace("\\\n", "", StringComparison.Ordinal) + "\n"));

    public SamplePackage With(string file, byte[] bytes)
    {
        files[file] = bytes;

        return this;
    }

    public SamplePackage Without(string file)
    {
        files.Remove(file);

        return this;
    }

    public SamplePackage Replace(string file, string what, string with)
    {
        var text = Encoding.UTF8.GetString(files[file]);
        Assert.Contains(what, text, StringComparison.Ordinal);
        files[file] = Encoding.UTF8.GetBytes(text.Replace(what, with, StringComparison.Ordinal));

        return this;
    }

    public SamplePackage Rename(string file, string to)
    {
        files[to] = files[file];
        files.Remove(file);

        return this;
    }

    /// <summary>The package as a zip in memory.</summary>
    public byte[] Zip(string folder = "")
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(folder + name).Open();
                entry.Write(bytes);
            }
        }

        return memory.ToArray();
    }

    /// <summary>Writes the zip, reads all of it, and removes it again.</summary>
    public Task<ReadPackage> ReadAsync(OneRosterSettings? settings = null) => ReadPackage.OfZipAsync(Zip(), settings);

    public void WriteTo(string folder)
    {
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }

    private static SamplePackage Common(string version) => new SamplePackage()
        .With("manifest.csv", $"""
            propertyName,value
            manifest.version,1.0
            oneroster.version,{version}
            file.academicSessions,bulk
            file.categories,absent
            file.classes,bulk
            file.classResources,absent
            file.courses,bulk
            file.courseResources,absent
            file.demographics,bulk
            file.enrollments,bulk
            file.lineItems,absent
            file.orgs,bulk
            file.resources,absent
            file.results,absent
            file.roles,{(version == "1.2" ? "bulk" : "absent")}
            file.users,bulk
            """)
        .With("orgs.csv", """
            sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId
            district,,,Riverside School District,district,0600001,
            lincoln,,,Lincoln Elementary,school,060000101,district
            """)
        .With("academicSessions.csv", """
            sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear
            year,,,2026-27,schoolYear,2026-08-31,2027-06-12,,2027
            fall,,,Fall,term,2026-08-31,2027-01-16,year,2027
            """)
        .With("courses.csv", """
            sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,\
            subjectCodes
            math3,,,year,Mathematics 3,M3,03,lincoln,Mathematics,02000
            """)
        .With("classes.csv", """"
            sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,\
            schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods
            math3a,,,"Mathematics 3, group ""A""",03,math3,M3-A,scheduled,12,lincoln,"fall,year",Mathematics,02000,\
            "1,2"
            """")
        .With("enrollments.csv", """
            sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,\
            endDate
            e1,,,math3a,lincoln,leo,student,,2026-08-31,2027-06-12
            e2,active,2026-09-01T06:00:00.000Z,math3a,lincoln,reyes,teacher,true,,
            """)
        .With("demographics.csv", """
            sourcedId,status,dateLastModified,birthDate,sex,americanIndianOrAlaskaNative,asian,\
            blackOrAfricanAmerican,nativeHawaiianOrOtherPacificIslander,white,demographicRaceTwoOrMoreRaces,\
            hispanicOrLatinoEthnicity,countryOfBirthCode,stateOfBirthAbbreviation,cityOfBirth,\
            publicSchoolResidenceStatus
            leo,,,2017-04-05,male,false,false,false,false,true,false,true,US,CA,Riverside,
            mia,,,2019-11-20,female,,,,,,,,,,,
            """);
}
