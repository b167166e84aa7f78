import { graphql } from 'relay-runtime';

export const page = graphql`
  query StudentListQuery($first: Int!) {
    ...StudentList_query @arguments(count: $first)
  }
`;

export const list = graphql`
  fragment StudentList_query on Query
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 10 }
    cursor: { type: "String" }
    where: { type: "StudentFilterInput" }
  )
  @refetchable(queryName: "StudentListPaginationQuery") {
    students(first: $count, after: $cursor, where: $where, order: [{ familyName: DESC }])
      @connection(key: "StudentList_students", filters: ["where"]) {
      edges {
        node {
          ...StudentCard_student
        }
      }
    }
  }
`;
