import { text, anyLiteral } from './values.mjs';

const names = ['id', 'name', 'value', 'next', 'items', 'a', 'b', 'on', 'type', 'query'];
const locations = {
  executable: [
    'QUERY',
    'MUTATION',
    'SUBSCRIPTION',
    'FIELD',
    'FRAGMENT_DEFINITION',
    'FRAGMENT_SPREAD',
    'INLINE_FRAGMENT',
    'VARIABLE_DEFINITION',
  ],
  typeSystem: [
    'SCHEMA',
    'SCALAR',
    'OBJECT',
    'FIELD_DEFINITION',
    'ARGUMENT_DEFINITION',
    'INTERFACE',
    'UNION',
    'ENUM',
    'ENUM_VALUE',
    'INPUT_OBJECT',
    'INPUT_FIELD_DEFINITION',
  ],
};

/** Writes a schema text of every kind of type; as good as always valid before `ast.mjs` has been at it. */
export function schemaText(random) {
  return new SchemaWriter(random).write();
}

class SchemaWriter {
  constructor(random) {
    this.random = random;
    const count = most => 1 + random.below(most);
    const named = (prefix, most) => Array.from({ length: count(most) }, (_, index) => `${prefix}${index}`);
    this.enums = named('E', 2);
    this.scalars = named('S', 2);
    this.inputs = named('I', 4);
    this.oneOf = new Set(random.some(this.inputs, 0.35));
    this.interfaces = named('N', 3);
    this.objects = named('T', 5);
    this.unions = named('U', 2);
    this.directives = named('d', 3);
    this.roots = random.chance(0.2)
      ? { query: 'Root', mutation: 'Change', subscription: 'Feed' }
      : { query: 'Query', mutation: 'Mutation', subscription: 'Subscription' };
    if (random.chance(0.3)) delete this.roots.mutation;
    if (random.chance(0.5)) delete this.roots.subscription;
    this.fieldsOf = {};
    this.interfacesOf = {};
    this.extensions = [];
  }

  write() {
    const { random } = this;
    const parts = [
      ...this.schema(),
      ...this.directives.map(name => this.directive(name)),
      ...this.enums.map(name => this.enum(name)),
      ...this.scalars.map(
        name => `${this.description()}scalar ${name}${this.scalarDirective()}${this.applied('SCALAR')}`,
      ),
      ...this.inputs.map(name => this.input(name)),
      ...this.interfaces.map((name, index) => this.interface(name, index)),
      ...this.objects.map(name => this.object(name)),
      ...this.unions.map(name => this.union(name)),
      ...Object.values(this.roots).map(name => this.object(name)),
    ];
    return [...parts, ...this.extensions]
      .sort(() => (random.chance(0.1) ? 1 : 0))
      .join(random.chance(0.5) ? '\n\n' : '\n');
  }

  schema() {
    const usual = this.roots.query === 'Query';
    if (usual && this.random.chance(0.7)) return [];
    const roots = Object.entries(this.roots).map(([operation, type]) => `${operation}: ${type}`);
    return [`${this.description()}schema${this.applied('SCHEMA')} { ${roots.join(' ')} }`];
  }

  directive(name) {
    const { random } = this;
    this.directiveArguments ??= {};
    this.directiveLocations ??= {};
    const places = random.some([...locations.executable, ...locations.typeSystem], 0.4);
    if (places.length === 0) places.push('FIELD');
    const given = random.chance(0.6) ? [{ name: 'x', type: random.pick(['Int', 'String', '[Int!]', 'Boolean!']) }] : [];
    const repeatable = random.chance(0.4);
    this.directiveArguments[name] = given;
    for (const place of places) (this.directiveLocations[place] ??= []).push({ name, repeatable });
    const args = given.map(
      one => `${one.name}: ${one.type}${random.chance(0.3) ? ` = ${plainLiteral(random, one.type)}` : ''}`,
    );
    const lead = random.chance(0.2) ? '| ' : '';
    const head = `${this.description()}directive @${name}${inParentheses(args)}${repeatable ? ' repeatable' : ''}`;
    return `${head} on ${lead}${places.join(' | ')}`;
  }

  enum(name) {
    const values = ['A', 'B', 'C', 'D'].slice(0, 1 + this.random.below(4));
    const line = value => `${this.description()}${value}${this.deprecated()}${this.applied('ENUM_VALUE')}`;
    if (values.length > 2 && this.random.chance(0.2))
      this.extensions.push(`extend enum ${name} { ${line(values.pop())} }`);
    return `${this.description()}enum ${name}${this.applied('ENUM')} { ${values.map(line).join(' ')} }`;
  }

  input(name) {
    const { random } = this;
    const oneOf = this.oneOf.has(name);
    const field = fieldName => {
      const type = this.inputType(oneOf);
      const initial = !oneOf && random.chance(0.35) ? ` = ${this.defaultOf(type)}` : '';
      const required = type.endsWith('!') && !initial;
      const end = `${required ? '' : this.deprecated()}${this.applied('INPUT_FIELD_DEFINITION')}`;
      return `${this.description()}${fieldName}: ${type}${initial}${end}`;
    };
    const fields = this.someNames(4).map(field);
    if (fields.length > 1 && random.chance(0.2)) this.extensions.push(`extend input ${name} { ${fields.pop()} }`);
    const head = `${this.description()}input ${name}${oneOf ? ' @oneOf' : ''}${this.applied('INPUT_OBJECT')}`;
    return `${head} { ${fields.join(', ')} }`;
  }

  interface(name, index) {
    const parents = this.random.some(this.interfaces.slice(0, index), 0.4);
    this.implement(name, parents);
    this.fieldsOf[name] = [...this.inherited(name), this.field(`${name.toLowerCase()}_${this.random.pick(names)}`)];
    return this.withFields('interface', name, 'INTERFACE');
  }

  object(name) {
    this.implement(name, this.random.some(this.interfaces, 0.4));
    this.fieldsOf[name] = [...this.inherited(name, true), ...this.someNames(5).map(field => this.field(field))];
    return this.withFields('type', name, 'OBJECT');
  }

  implement(name, parents) {
    this.interfacesOf[name] = [...new Set(parents.flatMap(parent => [...this.interfacesOf[parent], parent]))];
  }

  /** What the interfaces promise; an implementation may promise more. */
  inherited(name, mayNarrow = false) {
    const fields = new Map(
      this.interfacesOf[name].flatMap(parent => this.fieldsOf[parent]).map(field => [field.name, field]),
    );
    return [...fields.values()].map(field => {
      const narrowed =
        mayNarrow && !field.type.endsWith('!') && this.random.chance(0.3) ? `${field.type}!` : field.type;
      const more = this.random.chance(0.15) ? [...field.args, { name: 'extra', type: 'Int' }] : field.args;
      return { ...field, type: narrowed, args: more };
    });
  }

  withFields(keyword, name, place) {
    const { random } = this;
    const parents = this.interfacesOf[name];
    const list = `${random.chance(0.2) ? '& ' : ''}${parents.join(' & ')}`;
    const head = `${keyword} ${name}${parents.length ? ` implements ${list}` : ''}`;
    const fields = this.fieldsOf[name].map(field => this.printField(field));
    if (fields.length > 1 && random.chance(0.2)) this.extensions.push(`extend ${keyword} ${name} { ${fields.pop()} }`);
    return `${this.description()}${head}${this.applied(place)} {\n  ${fields.join('\n  ')}\n}`;
  }

  field(name) {
    const args = this.random.chance(0.4)
      ? ['x', 'y', 'z'].slice(0, 1 + this.random.below(3)).map(arg => this.argument(arg))
      : [];
    return { name, type: this.outputType(), args };
  }

  argument(name) {
    const type = this.inputType();
    return { name, type, initial: this.random.chance(0.3) ? this.defaultOf(type) : undefined };
  }

  printField({ name, type, args }) {
    const printed = args.map(arg => {
      const initial = arg.initial === undefined ? '' : ` = ${arg.initial}`;
      const required = arg.type.endsWith('!') && !initial;
      const end = `${required ? '' : this.deprecated(0.05)}${this.applied('ARGUMENT_DEFINITION')}`;
      return `${this.description(0.1)}${arg.name}: ${arg.type}${initial}${end}`;
    });
    const deprecated = name.includes('_') ? '' : this.deprecated();
    const end = `${deprecated}${this.applied('FIELD_DEFINITION')}`;
    return `${this.description()}${name}${inParentheses(printed)}: ${type}${end}`;
  }

  union(name) {
    const members = this.random.some(this.objects, 0.5);
    if (members.length === 0) members.push(this.objects[0]);
    if (members.length > 1 && this.random.chance(0.2)) this.extensions.push(`extend union ${name} = ${members.pop()}`);
    const lead = this.random.chance(0.2) ? '| ' : '';
    return `${this.description()}union ${name}${this.applied('UNION')} = ${lead}${members.join(' | ')}`;
  }

  outputType() {
    const { random } = this;
    const base = random.weighted({ leaf: 5, object: 4, abstract: 3 });
    const pool =
      base === 'leaf'
        ? ['Int', 'Float', 'String', 'Boolean', 'ID', ...this.enums, ...this.scalars]
        : base === 'object'
          ? this.objects
          : [...this.interfaces, ...this.unions];
    return this.wrapped(random.pick(pool));
  }

  inputType(nullable = false) {
    const { random } = this;
    const deep = random.chance(0.3);
    const pool = deep ? this.inputs : ['Int', 'Float', 'String', 'Boolean', 'ID', ...this.enums, ...this.scalars];
    const base = random.pick(pool);
    // An input object that needs another to be given ends in a circle sooner or later: the way out is null or a list.
    if (nullable || deep) return random.chance(0.3) ? `[${base}${random.chance(0.5) ? '!' : ''}]` : base;
    return this.wrapped(base);
  }

  wrapped(type) {
    const bang = inner => (this.random.chance(0.35) ? `${inner}!` : inner);
    let wrapped = bang(type);
    while (this.random.chance(0.25)) wrapped = bang(`[${wrapped}]`);
    return wrapped;
  }

  defaultOf(type) {
    return plainLiteral(this.random, type, new Set(this.enums), new Set(this.inputs));
  }

  someNames(most) {
    const wanted = 1 + this.random.below(most);
    const start = this.random.below(names.length);
    return Array.from({ length: wanted }, (_, index) => names[(start + index) % names.length]);
  }

  description(probability = 0.12) {
    return this.random.chance(probability) ? `${text(this.random)} ` : '';
  }

  deprecated(probability = 0.1) {
    if (!this.random.chance(probability)) return '';
    return this.random.chance(0.5) ? ' @deprecated' : ` @deprecated(reason: ${text(this.random)})`;
  }

  scalarDirective() {
    return this.random.chance(0.3) ? ` @specifiedBy(url: ${text(this.random)})` : '';
  }

  applied(place, probability = 0.1) {
    const { random } = this;
    const possible = this.directiveLocations?.[place] ?? [];
    if (possible.length === 0 || !random.chance(probability)) return '';
    const { name, repeatable } = random.pick(possible);
    const given = () => this.directiveArguments[name].map(one => `${one.name}: ${plainLiteral(random, one.type)}`);
    const use = () => ` @${name}${inParentheses(given())}`;
    return use() + (repeatable && random.chance(0.3) ? use() : '');
  }
}

const inParentheses = items => (items.length > 0 ? `(${items.join(', ')})` : '');

/** A literal for a type that is still text; no input object is given any field. */
function plainLiteral(random, type, enums = new Set(), inputs = new Set()) {
  if (type.endsWith('!')) return plainLiteral(random, type.slice(0, -1), enums, inputs).replace(/^null$/, '[]');
  if (type.startsWith('['))
    return `[${random.times(2, () => plainLiteral(random, type.slice(1, -1), enums, inputs)).join(', ')}]`;
  if (enums.has(type)) return 'A';
  if (inputs.has(type)) return random.chance(0.9) ? 'null' : random.pick(['{}', '{ name: null }', '{ id: 1 }']);
  switch (type) {
    case 'Int':
      return String(random.below(100) - 50);
    case 'Float':
      return random.pick(['1', '-0.5', '1e10']);
    case 'Boolean':
      return String(random.chance(0.5));
    case 'ID':
      return random.pick(['1', '"one"']);
    case 'String':
      return text(random);
    default:
      return anyLiteral(random).replace(/^null$/, '0');
  }
}
