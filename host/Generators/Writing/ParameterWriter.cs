using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Expressions that give parameters their values.</summary>
internal static class ParameterWriter
{
    /// <summary>The value of a resolver's parameter.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="field">The field it belongs to.</param>
    /// <param name="arguments">Where arguments are read from: <c>context</c> or <c>input</c>.</param>
    public static string Resolver(ParameterModel parameter, FieldModel field, string arguments) => parameter.Kind switch
    {
        ParameterKind.Parent or ParameterKind.EventMessage => $"context.Parent<{parameter.CSharp}>()",
        ParameterKind.NodeKey => $"{Text.Conventions}NodeId.Parse<{parameter.CSharp}>(raw)",
        ParameterKind.CancellationToken => "context.RequestAborted",
        ParameterKind.User => "context.User",
        ParameterKind.Context => "context",
        ParameterKind.Paging => $"{Text.Data}FieldQuery.Paging(context, {Fields(field)}, " +
            $"{field.MaxPageSize}, {field.DefaultPageSize})",
        ParameterKind.Query when field.Type.Kind is TypeKind.Page =>
            $"{Text.Data}FieldQuery.ForConnection(context, {parameter.Row!.SchemaClass}.Fields)",
        ParameterKind.Query => $"{Text.Data}FieldQuery.ForRows(context, {parameter.Row!.SchemaClass}.Fields)",
        ParameterKind.Loader when IsInterface(parameter.CSharp) => $"context.DataLoader<{parameter.CSharp}>()",
        ParameterKind.Loader => $"({parameter.CSharp})context.DataLoader<I{parameter.CSharp}>()",
        ParameterKind.Argument => Argument(parameter, arguments),
        _ => $"context.Service<{parameter.CSharp}>()",
    };

    /// <summary>The value of a loader's parameter.</summary>
    public static string Loader(ParameterModel parameter) => parameter.Kind switch
    {
        ParameterKind.Keys => "keys",
        ParameterKind.CancellationToken => "cancellationToken",
        ParameterKind.Paging => "paging",
        ParameterKind.Query => "query",
        ParameterKind.State => parameter.Name,
        ParameterKind.Loader => $"Scope.Get<{parameter.CSharp}>()",
        _ => $"Scope.Service<{parameter.CSharp}>()",
    };

    /// <summary>The coerced value of an argument or input field.</summary>
    public static string Argument(ParameterModel parameter, string source)
    {
        var type = parameter.Type!;
        var name = Text.Literal(parameter.Name);
        return type.Kind switch
        {
            TypeKind.List => List(type, name, source),
            TypeKind.Id when type.CSharp == "string" && type.IdOf is null => One(type, "string", name, source),
            TypeKind.Id => Id(type, name, source),
            _ => One(type, type.CSharp, name, source),
        };
    }

    private static string One(TypeModel type, string csharp, string name, string source) =>
        (type.IsNullable, type.IsValueType) switch
        {
            (true, true) => $"{source}.Argument<{csharp}?>({name})",
            (false, false) => $"{source}.Argument<{csharp}>({name})!",
            _ => $"{source}.Argument<{csharp}>({name})",
        };

    private static string Id(TypeModel type, string name, string source) => type.IsNullable
        ? $"({source}.Argument<string>({name}) is {{ }} id ? {Decode(type, "id")} : default({type.CSharp}?))"
        : Decode(type, $"{source}.Argument<string>({name})!");

    private static string Decode(TypeModel type, string id)
    {
        var key = type.Wrapped ?? type.CSharp;
        var decoded = type.IdOf is { } owner
            ? $"{Text.Conventions}NodeId.Decode<{key}>({Text.Literal(owner)}, {id})"
            : $"{Text.Conventions}NodeId.Parse<{key}>({id})";
        return type.Wrapped is null ? decoded : $"new {type.CSharp}({decoded})";
    }

    private static string List(TypeModel type, string name, string source)
    {
        var item = type.Item!;
        var items = item.Kind is TypeKind.Id && (item.IdOf is not null || item.CSharp != "string")
            ? $"{Text.Conventions}NodeId.DecodeAll<{item.CSharpNullable}>({source}.ArgumentList<string?>({name}), " +
                $"static id => {(item.IsNullable ? $"id is null ? default({item.CSharp}?) : " : "")}" +
                $"{Decode(item, "id")})"
            : $"{source}.ArgumentList<{item.CSharpNullable}>({name})";
        var converted = type.ListKind switch
        {
            ListKind.Array => "ToArray",
            ListKind.List => "ToList",
            _ => null,
        };

        return (converted, type.IsNullable) switch
        {
            (null, true) => items,
            (null, false) => items + "!",
            (_, false) => $"global::System.Linq.Enumerable.{converted}({items}!)",
            _ => $"({items} is {{ }} list ? global::System.Linq.Enumerable.{converted}(list) : null)",
        };
    }

    private static string Fields(FieldModel field) => $"{field.Type.SchemaClass}.Fields";

    private static bool IsInterface(string loader) =>
        loader.Length > 1 && loader[0] == 'I' && char.IsUpper(loader[1]);
}
