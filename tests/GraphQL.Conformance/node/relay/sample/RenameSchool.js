import { graphql } from 'relay-runtime';

export const rename = graphql`
  mutation RenameSchoolMutation($input: RenameSchoolInput!) {
    renameSchool(input: $input) {
      school {
        ...SchoolSign_school
      }
      errors {
        code
        message
        path
      }
    }
  }
`;
