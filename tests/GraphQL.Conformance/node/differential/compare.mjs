// The normal form of two answers, and what may differ in it. Data exactly, in its order; errors by rule or phase, first
// place and path, never by message.
import { getNullableType, isListType, isNonNullType } from 'graphql17';
import { fieldOf } from './oracle.mjs';

const merge = 'OverlappingFieldsCanBeMerged';
const own = new Set([
  'skip',
  'include',
  'deprecated',
  'specifiedBy',
  'oneOf',
  'Int',
  'Float',
  'String',
  'Boolean',
  'ID',
]);
/** Fields of introspection whose order means nothing. */
export const sets = new Set(['types', 'directives', 'possibleTypes']);

const text = value => JSON.stringify(value);
const place = at => (at ? at.join(':') : '-');
const shown = ({ kind, at, path }) => `${kind} at ${place(at)}${path ? ` path ${path.join('.')}` : ''}`;
const sorted = faults => faults.map(shown).sort();

/** Null, or the two texts from a little before the place where they part. */
export function same(expected, given) {
  const [left, right] = [text(expected) ?? 'nothing', text(given) ?? 'nothing'];
  if (left === right) return null;

  let at = 0;
  while (left[at] === right[at]) at++;
  const part = whole => `${at > 60 ? '…' : ''}${whole.slice(Math.max(0, at - 60), at + 150)}`;
  return `${part(right)}, not ${part(left)}`;
}

export function sameFaults(expected, given) {
  return same(sorted(expected), sorted(given));
}

/**
 * 5.3.2 says when two fields conflict, not where to say so, and one conflict of outer fields is one of inner fields as
 * well. So: both find a conflict or none does, and what we point at are fields the reference calls in conflict, too.
 */
export function sameValidation(expected, given) {
  const conflicts = expected.filter(fault => fault.kind === merge);
  const ours = given.filter(fault => fault.kind === merge);
  if (conflicts.length > 0 !== ours.length > 0) return `${conflicts.length} conflicts of fields, not ${ours.length}`;

  const involved = new Set(conflicts.flatMap(fault => fault.all.map(place)));
  const stranger = ours.flatMap(fault => fault.all).find(at => !involved.has(place(at)));
  if (stranger) return `the field at ${place(stranger)} is in no conflict; ${[...involved]} are`;

  return sameFaults(
    expected.filter(fault => fault.kind !== merge),
    given.filter(fault => fault.kind !== merge),
  );
}

/**
 * The data is determined: a position is null as soon as one error reaches it. Which errors are reported is not wholly:
 * once a position will be null, its other fields may be cancelled, and their errors with them (6.4.4, last note), and a
 * position has at most one error. `possible` is every error there is when nothing is cancelled. So every error reported
 * is one of these, none twice; every position that an error made null has one that made it so; and an error that stands
 * in no such position is reported.
 */
export function sameExecution(expected, given) {
  const wrongData = same(introspection(expected.data), introspection(given.data ?? null));
  if (wrongData) return `data ${wrongData}`;

  const possible = new Map(expected.possible.map(fault => [shown(fault), fault]));
  const reported = new Set();
  for (const fault of given.errors) {
    if (!possible.has(shown(fault))) return `no error ${shown(fault)}; there are ${[...possible.keys()].join(', ')}`;
    if (reported.has(shown(fault))) return `${shown(fault)} twice`;
    reported.add(shown(fault));
  }

  const causes = new Map();
  for (const fault of possible.values()) {
    const nulled = nulledBy(expected, fault.path);
    if (nulled === undefined) continue;
    causes.set(nulled, [...(causes.get(nulled) ?? []), shown(fault)]);
  }

  for (const [nulled, all] of causes) {
    if (!all.some(cause => reported.has(cause)))
      return `nothing says why ${nulled || 'data'} is null: ${all.join(' or ')}`;
  }

  return null;
}

/** The position an error makes null; undefined when the response does not show it, for it is within another null. */
function nulledBy({ data, types }, errorPath) {
  const path = errorPath ?? []; // Without one it is an error of the operation's own selection set.
  let length = path.length;
  while (length > 0 && isNonNullType(typeAt(types, path.slice(0, length)))) length--;

  let value = data;
  for (const key of path.slice(0, length)) {
    if (value === null || value === undefined) return undefined;
    value = value[key];
  }

  return path.slice(0, length).join('.');
}

/** The type of a position: of a field, or of an item of its list. */
function typeAt(types, path) {
  let type = types.get(fieldOf(path));
  for (let length = path.length; typeof path[length - 1] === 'number'; length--) {
    const list = getNullableType(type);
    type = isListType(list) ? list.ofType : undefined;
  }

  return type;
}

/** A value that does not fit is a request error (6.1.2). Which positions are wrong is certain, how many sentences not. */
export function samePaths(expected, given) {
  const paths = faults => [...new Set(faults.map(fault => fault.path.join('.')))].sort();
  return same(paths(expected), paths(given));
}

/**
 * Variables that cannot be coerced are one request error each (6.1.2); how many sentences an error takes is free.
 */
export function sameRequestErrors(expected, given) {
  const places = faults => [...new Set(faults.map(fault => place(fault.at)))].sort();
  return same(places(expected), places(given));
}

/** Introspection: sets sorted by their text, our own words for built-in elements left out, spaces in defaults free. */
export function introspection(value, builtIn = false) {
  if (Array.isArray(value)) return value.map(item => introspection(item, builtIn));
  if (value === null || typeof value !== 'object') return value;

  const isOwn = builtIn || ('description' in value && (own.has(value.name) || String(value.name).startsWith('__')));
  const entries = Object.entries(value).filter(([key]) => !(isOwn && key === 'description'));
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      if (key === 'defaultValue') return [key, inner?.replace(/[\s,]+/g, ' ') ?? null];
      const normal = introspection(inner, isOwn);
      return [
        key,
        sets.has(key) && Array.isArray(normal) ? normal.sort((a, b) => (text(a) < text(b) ? -1 : 1)) : normal,
      ];
    }),
  );
}
