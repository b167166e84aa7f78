// Breaking changes of the product's schema since the last release that are meant, and why. Empty it after a release.
const meant = [
  { path: 'Account.accountId', reason: 'It is called actorId, as records and events call who did something.' },
  { path: 'Disclosure.interest', reason: 'It goes with the student who is erased.' },
  { path: 'Disclosure.party', reason: 'It goes with the student who is erased.' },
  { path: 'RecordedDisclosure.number', reason: 'Each student has a record of its own: numbers.' },
  { path: 'Job.id', reason: 'It is called name: an id is what node takes.' },
  { path: 'Job.job', reason: 'It is called runs, which says what it is without the name of its type.' },
];

/** A rule of graphql-inspector: what is meant does not break the check. Neither does a price (@cost, @listSize). */
export const allowing = (...paths) => ({ changes }) => changes
  .filter(({ type }) => !type.startsWith('DIRECTIVE_USAGE'))
  .map(change => (paths.includes(change.path)
    ? { ...change, criticality: { level: 'NON_BREAKING', reason: 'It is meant.' } }
    : change));

export default allowing(...meant.map(({ path, reason }) => {
  if (!reason) throw new Error(`${path} needs a reason.`);
  return path;
}));
