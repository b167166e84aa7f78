using K12Hub.Generators.Model;

namespace K12Hub.Generators.Writing;

/// <summary>Writes the generated part of a class of root fields.</summary>
internal static class RootTypeWriter
{
    public static string Write(RootTypeModel model)
    {
        var code = CodeWriter.File(model.Class.Usings).Namespace(model.Class.Namespace);
        code.Open($"static partial class {model.Class.Name}")
            .Line("/// <summary>Adds the fields of the class to the schema.</summary>")
            .Open($"internal static void RegisterSchema({Text.Builder} schema)");
        TypeRegistration.Write(code, model.Fields, model.References);
        foreach (var field in model.Fields.Where(field => IsConventional(model, field)))
        {
            MutationWriter.Types(code, field);
        }

        code.Line($"schema.ExtendObject(schema.{model.Kind}Type,").Line("[").Indented(c =>
        {
            foreach (var field in model.Fields) Definition(c, model, field);
        }).Line("]);").Close();
        foreach (var field in model.Fields) Method(code, model, field);

        return code.Close().ToString();
    }

    private static void Definition(CodeWriter code, RootTypeModel model, FieldModel field)
    {
        if (IsConventional(model, field))
        {
            MutationWriter.Definition(code, field);
        }
        else
        {
            FieldWriter.Definition(code, field, row: null);
        }
    }

    private static void Method(CodeWriter code, RootTypeModel model, FieldModel field)
    {
        if (IsConventional(model, field))
        {
            MutationWriter.Method(code, field, model.Class.Name);
        }
        else
        {
            FieldWriter.Method(code, field, row: null, model.Class.Name);
        }

        if (field.Source is not null)
        {
            SubscriptionWriter.Method(code, field, model.Class.Name);
        }
    }

    private static bool IsConventional(RootTypeModel model, FieldModel field) =>
        model.Kind is RootKind.Mutation && !field.IsPlain;
}
