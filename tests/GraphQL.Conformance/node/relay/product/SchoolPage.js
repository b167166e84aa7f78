import { graphql } from 'relay-runtime';

export const school = graphql`
  fragment SchoolPage_school on School
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "SchoolPagePaginationQuery") {
    name
    parent {
      ...SchoolPage_organization
    }
    students(first: $count, after: $cursor, order: [{ familyName: ASC }])
      @connection(key: "SchoolPage_students", filters: []) {
      edges {
        node {
          ...SchoolPage_student
        }
      }
    }
  }
`;

export const organization = graphql`
  fragment SchoolPage_organization on Organization @refetchable(queryName: "SchoolPageOrganizationQuery") {
    name
    type
  }
`;

export const student = graphql`
  fragment SchoolPage_student on Student {
    givenName
    familyName
    enrollments(last: 3) {
      nodes {
        class {
          title
        }
      }
    }
  }
`;

export const some = graphql`
  query SchoolPageSomeQuery($ids: [ID!]!) {
    nodes(ids: $ids) {
      ...SchoolPage_school @alias(as: "school")
    }
  }
`;
