namespace K12Hub.GraphQL.Conformance;

/// <summary>Asks a schema for everything it can tell, deprecated elements included.</summary>
internal static class IntrospectionQuery
{
    private const int DeepestType = 9;

    public static string Text { get; } =
        $$"""
        {
          __schema {
            description
            queryType { name kind }
            mutationType { name kind }
            subscriptionType { name kind }
            types { ...Definition }
            directives {
              name
              description
              isRepeatable
              locations
              args(includeDeprecated: true) { ...Input }
            }
          }
        }

        fragment Definition on __Type {
          kind
          name
          description
          specifiedByURL
          isOneOf
          fields(includeDeprecated: true) {
            name
            description
            args(includeDeprecated: true) { ...Input }
            type { ...Reference }
            isDeprecated
            deprecationReason
          }
          inputFields(includeDeprecated: true) { ...Input }
          interfaces { ...Reference }
          enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
          possibleTypes { ...Reference }
        }

        fragment Input on __InputValue {
          name
          description
          type { ...Reference }
          defaultValue
          isDeprecated
          deprecationReason
        }

        fragment Reference on __Type {
          kind
          name
          {{string.Concat(Enumerable.Repeat("ofType { name kind ", DeepestType))}}{{new string('}', DeepestType)}}
        }
        """;
}
