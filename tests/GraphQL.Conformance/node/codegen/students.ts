import { graphql } from './generated';

export const StudentLine = graphql(`
  fragment StudentLine on Student {
    id
    givenName
    familyName
    way
  }
`);

export const StudentPage = graphql(`
  query StudentPage($after: String, $way: WayToSchool) {
    students(first: 25, after: $after, where: { way: { eq: $way } }) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        ...StudentLine
        school {
          id
          name
        }
      }
    }
  }
`);
