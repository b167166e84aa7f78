import { graphql } from 'relay-runtime';

export const byIds = graphql`
  query NodesByIdQuery($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Student {
        familyName
      }
      ... on School {
        ...SchoolSign_school @alias(as: "sign") @arguments(withId: true)
      }
    }
  }
`;
