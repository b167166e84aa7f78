using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes the method that registers all of an assembly.</summary>
internal static class ModuleWriter
{
    public static string Write(ModuleModel module, IEnumerable<ClassModel> types, IEnumerable<LoaderModel> loaders)
    {
        const string Builder = "global::K12Hub.GraphQL.IRequestExecutorBuilder";
        var code = CodeWriter.File([]).Namespace("K12Hub.GraphQL");
        code.Line($"/// <summary>Registers the types and loaders of {module.Name}.</summary>")
            .Open($"internal static class {module.Name}Registration")
            .Line($"internal static {Builder} Add{module.Name}(this {Builder} builder) => builder")
            .Indented(c =>
            {
                foreach (var type in types.OrderBy(type => type.FullName, StringComparer.Ordinal))
                {
                    c.Line($".ConfigureSchema({type.FullName}.RegisterSchema)");
                }

                foreach (var loader in loaders.OrderBy(loader => loader.Name, StringComparer.Ordinal))
                {
                    c.Line(LoaderWriter.Registration(loader));
                }

                c.Line(";");
            });
        return code.Close().ToString();
    }
}
