using System.Text.RegularExpressions;
using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using TypeKind = K12Hub.Generators.Model.TypeKind;

namespace K12Hub.Generators.Reading;

/// <summary>Reads the fields of a class with <c>[SubscriptionType]</c> and where their events come from.</summary>
internal sealed class SubscriptionReader(INamedTypeSymbol type, MethodReader methods, ReadingContext reading)
{
    private static readonly Regex Placeholder = new(@"\{([^{}]*)\}", RegexOptions.CultureInvariant);

    public IEnumerable<FieldModel> Fields()
    {
        var resolvers = MethodReader.Resolvers(type).ToArray();
        var sources = resolvers.Select(With).OfType<string>().ToArray();
        return resolvers.Where(method => !sources.Contains(method.Name)).Select(Field).OfType<FieldModel>();
    }

    private FieldModel? Field(IMethodSymbol method)
    {
        var messages = method.Parameters.Where(parameter => Names.Has(parameter, "EventMessage")).ToArray();
        if (!Names.Has(method, "Subscribe") || messages.Length != 1)
        {
            reading.Report(Rules.SubscriptionShape, method, method.Name);
            return null;
        }

        if (methods.Field(method) is not { } field)
        {
            return null;
        }

        var source = With(method) is { } with
            ? FromMethod(method, with)
            : FromTopic(method, field, TypeReader.CSharp(messages[0].Type));
        return source is null ? null : WithArguments(field with { Source = source });
    }

    private SourceModel? FromMethod(IMethodSymbol method, string with)
    {
        var opener = type.GetMembers(with).OfType<IMethodSymbol>().FirstOrDefault(found => found.IsStatic);
        if (opener is null || Events(opener.ReturnType) is not { } isAsync)
        {
            reading.Report(Rules.SubscriptionSource, method, method.Name, with);
            return null;
        }

        return new SourceModel(null, opener.Name)
        {
            IsAsync = isAsync,
            Parameters = opener.Parameters.Select(p => ParameterReader.Read(p, reading)).ToItems(),
        };
    }

    private SourceModel? FromTopic(IMethodSymbol method, FieldModel field, string message)
    {
        var topic = Names.Attribute(method, "Topic")?.ConstructorArguments.FirstOrDefault().Value as string;
        foreach (Match used in Placeholder.Matches(topic ?? ""))
        {
            var argument = field.Parameters.FirstOrDefault(p => p.Name == used.Groups[1].Value);
            if (argument is not { Kind: ParameterKind.Argument, Type.Kind: not (TypeKind.List or TypeKind.Input) })
            {
                reading.Report(Rules.TopicArgument, method, method.Name, used.Groups[1].Value);
                return null;
            }
        }

        return new SourceModel(topic ?? method.Name, null)
        {
            Parameters = new Items<ParameterModel>([new ParameterModel(ParameterKind.EventMessage, "", message)]),
        };
    }

    /// <summary>What the source is asked for is asked of the client, too.</summary>
    private static FieldModel WithArguments(FieldModel field)
    {
        var asked = field.Source!.Parameters
            .Where(p => p.Kind is ParameterKind.Argument && field.Parameters.All(own => own.Name != p.Name));
        return field with { SourceArguments = asked.ToItems() };
    }

    /// <summary>Whether the events come later; null when the type is no stream of events.</summary>
    private static bool? Events(ITypeSymbol answered)
    {
        var awaited = TypeReader.Argument(answered, "Task", "System.Threading.Tasks")
            ?? TypeReader.Argument(answered, "ValueTask", "System.Threading.Tasks");
        var stream = awaited ?? answered;
        return TypeReader.Argument(stream, "IAsyncEnumerable", "System.Collections.Generic") is not null
            || TypeReader.Argument(stream, "ISourceStream", "K12Hub.GraphQL.Subscriptions") is not null
            || stream.AllInterfaces.Any(i => i.Name == "ISourceStream")
                ? awaited is not null
                : null;
    }

    private static string? With(IMethodSymbol method) =>
        Names.Attribute(method, "Subscribe") is { } subscribe ? Names.Setting<string>(subscribe, "With") : null;
}
