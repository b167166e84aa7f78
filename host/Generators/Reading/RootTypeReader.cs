using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads a class with <c>[QueryType]</c>, <c>[MutationType]</c> or <c>[SubscriptionType]</c>.</summary>
internal static class RootTypeReader
{
    public static RootTypeModel Read(GeneratorAttributeSyntaxContext context, RootKind kind)
    {
        var reading = new ReadingContext();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        ClassReader.CheckStaticPartial(type, context.TargetNode, reading);

        var fields = Fields(type, kind, reading)
            .Select(field => WithDefaults(field, type))
            .ToItems();
        foreach (var same in fields.GroupBy(field => field.Name).Where(same => same.Count() > 1))
        {
            reading.Report(Rules.DuplicateField, type, type.Name, same.Key);
        }

        return new RootTypeModel(ClassReader.Read(type, context.TargetNode), kind, fields)
        {
            References = reading.References,
            Problems = reading.Problems,
        };
    }

    private static IEnumerable<FieldModel> Fields(INamedTypeSymbol type, RootKind kind, ReadingContext reading)
    {
        var methods = new MethodReader(reading);
        return kind is RootKind.Subscription
            ? new SubscriptionReader(type, methods, reading).Fields()
            : MethodReader.Resolvers(type).Select(methods.Field).OfType<FieldModel>();
    }

    /// <summary>What the class says about who may applies where the method says nothing.</summary>
    private static FieldModel WithDefaults(FieldModel field, INamedTypeSymbol type)
    {
        if (field.Policy is not null || field.AllowAnonymous)
        {
            return field;
        }

        return Names.Attribute(type, "Authorize") is { } authorize
            ? field with { Policy = Names.Setting<string>(authorize, "Policy") ?? "" }
            : field with { AllowAnonymous = Names.Has(type, "AllowAnonymous") };
    }
}
