using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes the expected exceptions of a mutation: their types, and how one becomes the other.</summary>
internal static class PayloadErrorWriter
{
    /// <summary><c>new PayloadError(…),</c>.</summary>
    public static void Definition(CodeWriter code, ErrorModel error)
    {
        code.Line($"new {Text.Conventions}PayloadError(")
            .Indented(c => c.Line($"{Text.Literal(error.Name)}, {Text.Literal(error.Code)}, " +
                $"typeof({error.Runtime}), static error => {error.Source}.Message)"))
            .Open()
            .Line("More =").Line("[")
            .Indented(c =>
            {
                foreach (var field in error.Fields)
                {
                    c.Line($"new {Text.Types}FieldDefinition({Text.Literal(field.Name)}, " +
                        $"{Text.Literal(field.Type.Sdl)})").Open()
                        .Line($"Description = {Text.Literal(field.Description)},")
                        .Line($"Resolver = new {Text.Execution}PureResolver(" +
                            $"static error => {error.Source}.{field.Member}),")
                        .Close(",");
                }
            })
            .Line("],").Close(",");
    }

    /// <summary>The end of the resolver's try block.</summary>
    public static void Catch(CodeWriter code, FieldModel field, string result) => code.Close()
        .Line($"catch (global::System.Exception thrown) when ({Text.Conventions}MutationResult.ErrorsOf(" +
            $"thrown, ErrorOf{field.Member}) is {{ }} errors)").Open()
        .Line(field.IsAsync
            ? $"return {Text.Conventions}MutationResult.Refused<{result}>(errors);"
            : "return new global::System.Threading.Tasks.ValueTask<object?>(" +
                $"{Text.Conventions}MutationResult.Refused<{result}>(errors));")
        .Close();

    /// <summary>The method that makes an error of an exception.</summary>
    public static void ErrorOf(CodeWriter code, FieldModel field)
    {
        code.Line().Open($"private static object? ErrorOf{field.Member}(global::System.Exception thrown)");
        foreach (var (error, number) in field.Errors.Select((error, number) => (error, number)))
        {
            var made = $"{error.Create ?? $"new {error.Runtime}"}(known{number})";
            code.Line($"if (thrown is {error.Exception} known{number}) return {made};");
        }

        code.Line("return null;").Close();
    }
}
