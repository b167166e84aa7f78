import { graphql } from './generated';

export const RenameSchool = graphql(`
  mutation RenameSchool($id: ID!, $name: String!) {
    renameSchool(input: { schoolId: $id, name: $name }) {
      school {
        id
        name
      }
      errors {
        code
        path
      }
    }
  }
`);

export const Anything = graphql(`
  query Anything($id: ID!) {
    node(id: $id) {
      __typename
      ... on Student {
        ...StudentLine
      }
      ... on School {
        name
      }
    }
  }
`);
