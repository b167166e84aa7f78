import { graphql } from 'relay-runtime';

export const card = graphql`
  fragment StudentCard_student on Student @refetchable(queryName: "StudentCardRefetchQuery") {
    id
    givenName
    familyName
    way
    school {
      ...SchoolSign_school
    }
  }
`;

export const sign = graphql`
  fragment SchoolSign_school on School @argumentDefinitions(withId: { type: "Boolean!", defaultValue: false }) {
    name
    id @include(if: $withId)
  }
`;
