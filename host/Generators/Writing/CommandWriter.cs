using K12Hub.Generators.Model;
using K12Hub.Generators.Reading;

namespace K12Hub.Generators.Writing;

/// <summary>Writes beside a command record its mutation and its way to the command door.</summary>
internal static class CommandWriter
{
    private const string Hosting = "global::K12Hub.Hosting.";

    public static string Write(CommandModel model)
    {
        var code = CodeWriter.File([]).Namespace(model.Type.SchemaNamespace);
        code.Line($"/// <summary>The command {model.Name} as door and schema know it.</summary>")
            .Open($"internal static class {model.Type.SchemaName}");
        Command(code, model);
        Register(code.Line(), model);
        Resolve(code, model);
        code.Close();
        if (model.Partial is { } record)
        {
            code.Line().Open($"partial record {record}")
                .Line("/// <summary>The command as the door knows it.</summary>")
                .Line($"internal static {Type(model)} Command => {model.Type.SchemaName}.Command;")
                .Close();
        }

        return code.ToString();
    }

    private static string Types(CommandModel model) =>
        $"{model.Type.CSharp}, {model.Rule.State}, {model.Rule.Event}";

    private static string Type(CommandModel model) => $"{Hosting}CommandType<{Types(model)}>";

    private static void Command(CodeWriter code, CommandModel model)
    {
        var rule = model.Rule;
        var subject = model.Subject is null ? "static _ => null" : $"static command => {model.Subject}";
        var decide = $"{model.Type.CSharp}.Decide(state{(rule.TakesNothing ? "" : "!")}, command" +
            $"{(rule.TakesTime ? ", now" : "")})";
        code.Line($"internal static readonly {Type(model)} Command = new(")
            .Indented(c => c
                .Line($"{Text.Literal(model.Name)},")
                .Line($"{Text.Literal(model.Policy)},")
                .Line($"{subject},")
                .Line($"static (state, command, now) => {decide})"))
            .Open()
            .Line($"NeedsState = {(rule.TakesNothing ? "false" : "true")},")
            .Close(";");
    }

    private static void Register(CodeWriter code, CommandModel model)
    {
        var name = Names.PascalCase(model.Name);
        code.Open($"internal static void RegisterSchema({Text.Builder} schema)");
        TypeRegistration.Write(code, [], model.References);
        if (model.Input.Fields.Count > 0)
        {
            InputWriter.Type(code, model.Input, $"What `{model.Name}` needs to know.");
        }

        code.Line($"{Text.Conventions}Payloads.AddCommand<{model.Row.CSharp}>(schema, {Text.Literal(name)}, " +
                $"{Text.Literal(Names.CamelCase(model.Row.GraphQL))}, {Text.Literal(model.Row.GraphQL)});")
            .Line("schema.ExtendObject(schema.MutationType,").Line("[")
            .Indented(c => FieldWriter.Definition(c, Field(model, name), null))
            .Line("]);").Close();
    }

    private static FieldModel Field(CommandModel model, string name) => new(
        model.Name, "", new TypeModel(TypeKind.Object, "", $"{name}Payload", false, false))
    {
        Description = model.Input.Description,
        Deprecation = model.Deprecation,
        Access = AccessModel.Silent with { Policy = model.Policy },
        IsAsync = true,
        Parameters = model.Input.Fields.Count == 0
            ? Items<ParameterModel>.None
            : new Items<ParameterModel>(
            [
                new ParameterModel(ParameterKind.Argument, "input", "")
                {
                    Type = new TypeModel(TypeKind.Input, "", $"{name}Input", false, false),
                    Description = "What is to be done.",
                },
            ]),
    };

    private static void Resolve(CodeWriter code, CommandModel model)
    {
        var input = model.Input.Fields.Count == 0
            ? $"new {model.Type.CSharp}()"
            : $"context.Argument<{model.Type.CSharp}>(\"input\")!";
        code.Line()
            .Line("private static global::System.Threading.Tasks.ValueTask<object?> " +
                $"Resolve({Text.Execution}ResolverContext context) =>")
            .Indented(c => c.Line($"{Hosting}CommandField.RunAsync<{Types(model)}, {model.Row.CSharp}>(" +
                $"context, Command, {input}, NameOf);"));
        if (model.Input.Fields.Count > 0)
        {
            InputWriter.Construct(code.Line(), model.Input);
        }

        code.Line().Line("private static string NameOf(string property) => property switch").Open();
        foreach (var field in model.Input.Fields)
        {
            code.Line($"{Text.Literal(field.CSharp)} => {Text.Literal(field.Name)},");
        }

        code.Line("_ => property,").Close(";");
    }
}
