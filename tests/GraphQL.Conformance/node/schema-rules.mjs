// What a schema of ours must look like, as rules of @graphql-eslint. No rule is off; what an option lets pass has its
// reason beside it.
const everywhere = {
  types: true, rootField: true, DirectiveDefinition: true,
  FieldDefinition: true, InputValueDefinition: true, EnumValueDefinition: true,
};

export const schemaRules = {
  'description-style': [{ style: 'block' }],
  // A field is in camelCase, its input type in PascalCase: renameSchool, RenameSchoolInput.
  'input-name': [{ checkInputType: true, caseSensitiveInputType: false, checkQueries: false, checkMutations: true }],
  'naming-convention': [{
    types: 'PascalCase',
    FieldDefinition: 'camelCase',
    InputValueDefinition: 'camelCase',
    DirectiveDefinition: 'camelCase',
    EnumValueDefinition: 'UPPER_CASE',
    'FieldDefinition[parent.name.value=Query]': { forbiddenPrefixes: ['query', 'get'], forbiddenSuffixes: ['Query'] },
    'FieldDefinition[parent.name.value=Mutation]': { forbiddenPrefixes: ['mutation'], forbiddenSuffixes: ['Mutation'] },
  }],
  'no-hashtag-description': [],
  'no-typename-prefix': [],
  'no-unreachable-types': [],
  'relay-arguments': [{ includeBoth: true }],
  'relay-connection-types': [],
  // A page may also hold lines that are known only as a part of something, such as the findings of a sync run; and
  // connections have nodes beside edges, and types lists that are short by nature.
  'relay-edge-types': [{ withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
  'relay-page-info': [],
  'require-deprecation-reason': [],
  'require-description': [everywhere],
  // These have no identity of their own: a place in a list, an answer, an event, a part of what has an id, or what
  // operators know by its name.
  'strict-id-in-types': [{
    exceptions: {
      suffixes: ['Connection', 'Edge', 'Payload', 'Event'],
      types: ['PageInfo', 'MutationError', 'ConflictError', 'ConflictingChange', 'Relation', 'SyncChange', 'SyncCount',
        'SyncDecision', 'SyncFinding', 'SyncProgress', 'Supplement', 'SupplementMapping', 'MappedColumn',
        'MappedWord', 'SupplementPreview', 'SupplementPreviewLine', 'SupplementPreviewCell',
        'SupplementPreviewFinding', 'Custody', 'Household', 'Identity', 'Origin', 'RosterSource', 'RosterUpload',
        'Job', 'Projection', 'ProjectionFailure', 'ProjectionRebuild', 'MovementCount', 'RosterAsOf',
        'OrganizationAsOf', 'ClassAsOf', 'PersonAsOf', 'RoleAsOf', 'EnrollmentAsOf', 'QualityReport',
        'QualityFinding', 'QualityRule', 'QualityRecord', 'GivenToken', 'ObjectReader',
        'AccessRecord', 'Disclosure', 'AskedBreakGlass', 'ErasureCount', 'AreaText', 'HelpAnswer', 'PositionTitle',
        'AreaContact', 'ContactStep',
        'RetentionSchedule', 'RetentionPreview', 'DuePerson', 'DirectoryInformation', 'DirectoryChoice',
        'DirectoryOptOut', 'RecordedDisclosure'],
    },
  }],
};
