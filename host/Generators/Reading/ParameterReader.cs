using System.Globalization;
using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace K12Hub.Generators.Reading;

/// <summary>Finds out where a parameter's value comes from.</summary>
internal static class ParameterReader
{
    private static readonly Dictionary<string, ParameterKind> Given = new()
    {
        ["global::System.Threading.CancellationToken"] = ParameterKind.CancellationToken,
        ["global::System.Security.Claims.ClaimsPrincipal"] = ParameterKind.User,
        ["global::K12Hub.GraphQL.Execution.ResolverContext"] = ParameterKind.Context,
        ["global::K12Hub.GraphQL.Data.PagingArguments"] = ParameterKind.Paging,
    };

    public static ParameterModel Read(IParameterSymbol parameter, ReadingContext reading)
    {
        var csharp = TypeReader.CSharp(parameter.Type);
        if (Names.Has(parameter, "Parent"))
        {
            return new ParameterModel(ParameterKind.Parent, parameter.Name, csharp);
        }

        if (Names.Has(parameter, "EventMessage"))
        {
            return new ParameterModel(ParameterKind.EventMessage, parameter.Name, csharp);
        }

        if (TypeReader.Argument(parameter.Type, "QueryContext", "K12Hub.GraphQL.Data") is { } row)
        {
            var read = TypeReader.Row(row);
            reading.Returns(read, parameter);
            return new ParameterModel(ParameterKind.Query, parameter.Name, csharp) { Row = read };
        }

        if (Given.TryGetValue(csharp, out var kind))
        {
            return new ParameterModel(kind, parameter.Name, csharp);
        }

        if (Names.Has(parameter, "DataLoaderState"))
        {
            return State(parameter, csharp, reading);
        }

        // Loaders are written by this generator, so to the compiler they do not exist yet.
        return parameter.Type.Name.EndsWith("DataLoader", StringComparison.Ordinal)
            ? new ParameterModel(ParameterKind.Loader, parameter.Name, csharp)
            : Argument(parameter, csharp, reading);
    }

    private static ParameterModel State(IParameterSymbol parameter, string csharp, ReadingContext reading)
    {
        var isNullable = parameter.Type.NullableAnnotation is NullableAnnotation.Annotated;
        if (!isNullable && !parameter.HasExplicitDefaultValue)
        {
            reading.Report(Rules.LoaderState, parameter, parameter.Name);
        }

        // Fully qualified, the type of int? is int? already.
        var declared = isNullable && !csharp.EndsWith("?", StringComparison.Ordinal) ? csharp + "?" : csharp;
        return new ParameterModel(ParameterKind.State, parameter.Name, declared)
        {
            CSharpDefault = parameter.HasExplicitDefaultValue && parameter.ExplicitDefaultValue is { } value
                ? $"({declared})({SymbolDisplay.FormatPrimitive(value, true, useHexadecimalNumbers: false)})"
                : "default",
        };
    }

    private static ParameterModel Argument(IParameterSymbol parameter, string csharp, ReadingContext reading) =>
        TypeReader.Input(parameter.Type, parameter, reading) is { } type
            ? new ParameterModel(ParameterKind.Argument, Names.OfMember(parameter), csharp)
            {
                Type = type,
                Description = Documentation.OfParameter(parameter),
                Deprecation = Names.Deprecation(parameter),
                Default = Default(parameter),
                Cost = CostReader.Of(parameter),
            }
            : new ParameterModel(ParameterKind.Service, parameter.Name, csharp);

    private static string? Default(IParameterSymbol parameter) =>
        !parameter.HasExplicitDefaultValue ? null : parameter.ExplicitDefaultValue switch
        {
            null => null,
            bool truth => truth ? "true" : "false",
            string text => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"",
            var value when parameter.Type.TypeKind is Microsoft.CodeAnalysis.TypeKind.Enum => parameter.Type
                .GetMembers().OfType<IFieldSymbol>()
                .Where(field => Equals(field.ConstantValue, value))
                .Select(Names.OfEnumValue).FirstOrDefault(),
            var number => Convert.ToString(number, CultureInfo.InvariantCulture),
        };
}
