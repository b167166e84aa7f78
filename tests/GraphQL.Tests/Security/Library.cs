using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Security;

/// <summary>A library with prices; what it answers does not matter.</summary>
internal sealed class Library
{
    private const string Sdl = """
        directive @cost(weight: String!) on OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
        directive @listSize(assumedSize: Int, slicingArguments: [String!], slicingArgumentDefaultValue: Int,
          sizedFields: [String!], requireOneSlicingArgument: Boolean! = true) on FIELD_DEFINITION
        type Query {
          book(id: ID): Book @cost(weight: "10")
          books(first: Int, last: Int, where: BookFilter, order: [BookSort!]): BookConnection @cost(weight: "10")
            @listSize(assumedSize: 50, slicingArguments: ["first", "last"], slicingArgumentDefaultValue: 20,
              sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
          shelves: [Shelf!]!
          rooms: [[Shelf!]!]! @listSize(assumedSize: 3)
          byIds(ids: [ID!]! = ["1", "2"]): [Book]! @listSize(slicingArguments: ["ids"])
          top(n: Int, m: Int): [Book!]! @listSize(slicingArguments: ["n", "m"])
          found: [Found!]! @listSize(assumedSize: 5)
          scan(text: String @cost(weight: "7"), tags: [String!] @cost(weight: "2")): Int @cost(weight: "0.5")
        }
        type BookConnection { edges: [BookEdge!]!  nodes: [Book!]!  totalCount: Int @cost(weight: "10") }
        type BookEdge { node: Book!  cursor: String! }
        interface Named { name: String  owner: Author }
        union Found = Book | Shelf
        type Book implements Named { title: String  name: String  owner: Author  author: Author  pages: [Page!]!
          similar(first: Int): BookConnection @cost(weight: "1")
            @listSize(slicingArguments: ["first"], slicingArgumentDefaultValue: 20, sizedFields: ["edges", "nodes"],
              requireOneSlicingArgument: false) }
        type Author { name: String }
        type Page { number: Int }
        type Shelf implements Named @cost(weight: "4") {
          name: String  owner: Author @cost(weight: "6")  books(first: Int! = 2): [Book!]!
            @listSize(slicingArguments: ["first"]) }
        input BookFilter { and: [BookFilter!]  title: TextFilter  author: TextFilter }
        input TextFilter { eq: String  contains: String @cost(weight: "10")  in: [String!] }
        input BookSort { title: String }
        """;

    private readonly TestExecutor executor = new(Sdl);

    public Library(CostLimits? limits = null) => executor.Builder.ModifyOptions(options =>
    {
        options.Cost = limits ?? new CostLimits();
        options.Validation = options.Validation with { MaxRepetition = 20 };
    });

    /// <summary>Field cost and type cost, as <c>12 3</c>.</summary>
    public async Task<string> Price(string document, string? variables = null)
    {
        var extensions = (await Answer(document, variables, CostMode.Validate)).GetProperty("extensions");
        var cost = extensions.GetProperty("operationCost");
        return $"{cost.GetProperty("fieldCost")} {cost.GetProperty("typeCost")}";
    }

    public async Task<JsonElement> Answer(string document, string? variables = null, CostMode mode = CostMode.Enforce)
    {
        var request = GraphQLRequest.FromText(document, executor.Services, variables) with { Cost = mode };
        using var result = await executor.Executor.ExecuteAsync(request);
        return JsonElement.Parse(result.ToJson());
    }
}
