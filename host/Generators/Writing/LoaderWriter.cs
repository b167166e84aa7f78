using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes the interface and the class of a loader.</summary>
internal static class LoaderWriter
{
    public static string Write(LoaderModel model)
    {
        var code = CodeWriter.File(model.Class.Usings).Namespace(model.Class.Namespace);
        var name = $"{model.Name}DataLoader";
        var value = model.IsLookup ? $"{model.Value}[]" : model.Value;
        var access = model.IsPublic ? "public" : "internal";
        code.Line($"/// <summary>Batches <c>{model.Class.Name}.{model.Method}</c>.</summary>")
            .Open($"{access} interface I{name} : global::K12Hub.GraphQL.Fetching.IDataLoader<{model.Key}, {value}>");
        if (Branching(model).Length > 0)
        {
            code.Line("/// <summary>The loader of one field: what it wants is loaded in a batch of its own.</summary>")
                .Line($"I{name} With({Declared(model)});");
        }

        code.Close().Line();
        var lookup = model.IsLookup ? "Grouped" : "";
        var state = string.Concat(Branching(model).Select(p => $", {Type(p)} {Name(p)}"));
        code.Open($"internal sealed class {name}(global::K12Hub.GraphQL.Fetching.DataLoaderScope scope{state}) : " +
            $"global::K12Hub.GraphQL.Fetching.{lookup}DataLoader<{model.Key}, {model.Value}>(scope), I{name}");
        With(code, model, name);
        Load(code, model);
        return code.Close().ToString();
    }

    /// <summary>Makes the loader that knows of no field: everything of every row.</summary>
    public static string Registration(LoaderModel model)
    {
        var space = model.Class.Namespace.Length == 0 ? "global::" : $"global::{model.Class.Namespace}.";
        var state = string.Concat(Branching(model).Select(p => ", " + (p.CSharpDefault ?? $"new {Type(p)}()")));
        return $".AddDataLoader<{space}I{model.Name}DataLoader>(static scope => " +
            $"new {space}{model.Name}DataLoader(scope{state}))";
    }

    private static void With(CodeWriter code, LoaderModel model, string name)
    {
        var state = Branching(model);
        if (state.Length == 0)
        {
            return;
        }

        var names = string.Join(", ", state.Select(Name));
        code.Line($"public I{name} With({Declared(model)}) => Scope.GetOrAdd<I{name}>(")
            .Indented(c => c.Line($"{Branch(state)}, scope => new {name}(scope, {names}));"))
            .Line();
    }

    private static void Load(CodeWriter code, LoaderModel model)
    {
        var (method, result) = model.IsLookup
            ? ("LoadGroupsAsync", $"global::System.Linq.ILookup<{model.Key}, {model.Value}>")
            : ("LoadBatchAsync", $"global::System.Collections.Generic.IReadOnlyDictionary<{model.Key}, {model.Value}>");
        var values = string.Join(", ", model.Parameters.Select(ParameterWriter.Loader));
        code.Line($"protected override async global::System.Threading.Tasks.Task<{result}> {method}(")
            .Indented(c => c.Line($"global::System.Collections.Generic.IReadOnlyList<{model.Key}> keys, " +
                "global::System.Threading.CancellationToken cancellationToken) =>"))
            .Indented(c => c.Line(
                $"await {model.Class.FullName}.{model.Method}({values}).ConfigureAwait(false);"));
    }

    /// <summary>What tells batches apart; a tuple of the field's wishes and the state.</summary>
    private static string Branch(ParameterModel[] branching)
    {
        var given = branching.Where(p => p.Kind is not ParameterKind.State).Select(Name).ToArray();
        var parts = branching.Where(p => p.Kind is ParameterKind.State).Select(p => $"(object?){Name(p)}");
        var all = given.Length == 0 ? parts : parts.Prepend($"{Text.Data}LoaderBranch.Of({string.Join(", ", given)})");
        var tuple = $"global::System.ValueTuple.Create({string.Join(", ", all)})";
        return given.Length > 0 && !parts.Any() ? all.Single() : tuple;
    }

    /// <summary>The parameters that differ from field to field; paging first.</summary>
    private static ParameterModel[] Branching(LoaderModel model) =>
        [.. model.Parameters
            .Where(p => p.Kind is ParameterKind.Paging or ParameterKind.Query or ParameterKind.State)
            .OrderBy(p => p.Kind is ParameterKind.Paging ? 0 : p.Kind is ParameterKind.Query ? 1 : 2)];

    private static string Declared(LoaderModel model) =>
        string.Join(", ", Branching(model).Select(p => $"{Type(p)} {Name(p)}"));

    private static string Name(ParameterModel parameter) => ParameterWriter.Loader(parameter);

    private static string Type(ParameterModel parameter) => parameter.CSharp;
}
