using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>demographics.csv. Nothing in it weighs enough to reject a row: what cannot be read is left out.</summary>
internal static class DemographicsFile
{
    public static readonly FileColumns Columns = new(RosterCollections.Demographics);

    /// <remarks>Numbers as Microsoft's exporter writes them, letters as most student information systems do.</remarks>
    private static readonly Vocabulary sexes = new Vocabulary("male", "female", "unspecified", "other")
        .Also("M", "male").Also("F", "female").Also("0", "male").Also("1", "female")
        .Also("X", "other").Also("U", "unspecified");

    private static readonly BaseColumns common = BaseColumns.Of(Columns, "userSourcedId");

    private static readonly Column
        birthDate = Columns.Expected("birthDate"),
        sex = Columns.Expected("sex"),
        americanIndianOrAlaskaNative = Columns.Expected("americanIndianOrAlaskaNative"),
        asian = Columns.Expected("asian"),
        blackOrAfricanAmerican = Columns.Expected("blackOrAfricanAmerican"),
        nativeHawaiianOrOtherPacificIslander = Columns.Expected("nativeHawaiianOrOtherPacificIslander"),
        white = Columns.Expected("white"),
        twoOrMoreRaces = Columns.Expected("demographicRaceTwoOrMoreRaces"),
        hispanicOrLatinoEthnicity = Columns.Expected("hispanicOrLatinoEthnicity"),
        countryOfBirthCode = Columns.Expected("countryOfBirthCode"),
        stateOfBirthAbbreviation = Columns.Expected("stateOfBirthAbbreviation"),
        cityOfBirth = Columns.Expected("cityOfBirth"),
        residenceStatus = Columns.Expected("publicSchoolResidenceStatus");

    public static DemographicsRecord? Read(Row row)
    {
        var demographics = new DemographicsRecord
        {
            SourcedId = row.OwnId(common.SourcedId),
            Line = row.Line,
            Status = common.StatusOf(row),
            DateLastModified = row.Moment(common.DateLastModified),
            BirthDate = row.Date(birthDate, weighs: false),
            Sex = row.Word(sex, sexes, instead: null),
            AmericanIndianOrAlaskaNative = row.Flag(americanIndianOrAlaskaNative),
            Asian = row.Flag(asian),
            BlackOrAfricanAmerican = row.Flag(blackOrAfricanAmerican),
            NativeHawaiianOrOtherPacificIslander = row.Flag(nativeHawaiianOrOtherPacificIslander),
            White = row.Flag(white),
            DemographicRaceTwoOrMoreRaces = row.Flag(twoOrMoreRaces),
            HispanicOrLatinoEthnicity = row.Flag(hispanicOrLatinoEthnicity),
            CountryOfBirthCode = row.Text(countryOfBirthCode),
            StateOfBirthAbbreviation = row.Text(stateOfBirthAbbreviation),
            CityOfBirth = row.Text(cityOfBirth),
            PublicSchoolResidenceStatus = row.Text(residenceStatus),
        };

        return row.Rejected ? null : demographics;
    }
}
