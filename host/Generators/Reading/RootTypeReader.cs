using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads a class with <c>[QueryType]</c>, <c>[MutationType]</c> or <c>[SubscriptionType]</c>.</summary>
internal static class RootTypeReader
{
    public static Found<RootTypeModel> Read(GeneratorAttributeSyntaxContext context, RootKind kind)
    {
        var reading = new ReadingContext();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        ClassReader.CheckStaticPartial(type, context.TargetNode, reading);

        var fields = Fields(type, kind, reading).ToItems();
        foreach (var same in fields.GroupBy(field => field.Name).Where(same => same.Count() > 1))
        {
            reading.Report(Rules.DuplicateField, type, type.Name, same.Key);
        }

        return reading.Found(new RootTypeModel(ClassReader.Read(type, context.TargetNode), kind, fields)
        {
            References = reading.References,
        });
    }

    private static IEnumerable<FieldModel> Fields(INamedTypeSymbol type, RootKind kind, ReadingContext reading)
    {
        var methods = new MethodReader(reading);
        if (kind is RootKind.Subscription)
        {
            return new SubscriptionReader(type, methods, reading).Fields()
                .Select(field => WithAccess(field, type.GetMembers(field.Member)[0], kind, reading));
        }

        return MethodReader.Resolvers(type)
            .Select(method => methods.Field(method) is { } field ? WithAccess(field, method, kind, reading) : null)
            .OfType<FieldModel>();
    }

    /// <summary>What the class says about who may applies where the method says nothing, then what the returned type
    /// says. Who may see a row may not for that reason change it.</summary>
    private static FieldModel WithAccess(FieldModel field, ISymbol method, RootKind kind, ReadingContext reading)
    {
        var access = field.Access.IsSilent ? AccessReader.Of(method.ContainingType) : field.Access;
        if (access.IsSilent)
        {
            var shown = kind is RootKind.Mutation ? "" : field.Type.Shown;
            reading.Suspect(Rules.RootAccess, method, shown, method.Name);
        }

        if (field.IsPlain && (field.IsResult || field.Errors.Count > 0))
        {
            reading.Report(Rules.PlainMutation, method, method.Name);
        }

        return field with { Access = access };
    }
}
