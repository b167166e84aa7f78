import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql17';
import { literal, text } from './values.mjs';
import { sets } from './compare.mjs';

const aliases = ['q', 'r', 's', 'id', 'name'];

/** Writes a document against a schema: mostly valid, and mostly with something to execute. */
export function documentText(random, schema, options) {
  return new DocumentWriter(random, schema, options).write();
}

/** Some selection of introspection fields, fragments and all. */
export function introspectionText(random, schema) {
  return new DocumentWriter(random, schema, { introspects: true }).write();
}

class DocumentWriter {
  constructor(random, schema, { careless = 0.03, introspects = false, only } = {}) {
    Object.assign(this, { random, schema, careless, introspects, only });
    this.fragments = new Map();
    this.meanings = new Map();
    this.variables = new Map();
    this.budget = 60;
  }

  write() {
    const { random, schema } = this;
    const roots = [
      ['query', schema.getQueryType()],
      ['mutation', schema.getMutationType()],
      ['subscription', schema.getSubscriptionType()],
    ].filter(([keyword, type]) => type && (!this.only || keyword === this.only));
    const count = this.only || random.chance(0.8) ? 1 : 2 + random.below(2);
    const operations = Array.from({ length: count }, (_, index) => {
      const [keyword, type] = random.chance(0.7) ? roots[0] : random.pick(roots);
      return this.operation(
        keyword,
        type,
        count > 1 || random.chance(0.4) ? `Op${random.chance(this.careless) ? 0 : index}` : '',
      );
    });
    const definitions = [...operations, ...[...this.fragments.values()].map(fragment => fragment.text)];
    if (random.chance(0.3)) definitions.reverse();
    if (random.chance(this.careless)) definitions.push('fragment Unused on Query { __typename }');
    return definitions.join(random.chance(0.5) ? '\n\n' : ' ');
  }

  operation(keyword, type, name) {
    this.variables = new Map();
    this.meanings = new Map();
    this.budget = 60;
    // Every fragment belongs to one operation, so that the variables in it are those of its operation.
    const reused = [...this.fragments.keys()];
    this.usable = this.random.chance(0.2) ? reused : [];
    const body = this.selections(type, 0, keyword === 'subscription');
    if (keyword === 'query' && !name && this.variables.size === 0 && this.random.chance(0.5)) return body;

    const described = this.random.chance(0.1) ? `${text(this.random)} ` : '';
    const variables = [...this.variables].map(([variable, { type: typeText, initial }]) => {
      const intro = this.random.chance(0.05) ? `${text(this.random)} ` : '';
      const end = `${initial === undefined ? '' : ` = ${initial}`}${this.directives('VARIABLE_DEFINITION', false)}`;
      return `${intro}$${variable}: ${typeText}${end}`;
    });
    if (this.random.chance(this.careless)) variables.push('$unused: Int');
    const list = variables.length ? `(${variables.join(', ')})` : '';
    return `${described}${keyword} ${name}${list}${this.directives(keyword.toUpperCase())} ${body}`;
  }

  selections(type, depth, onlyOne = false) {
    const { random } = this;
    const count = onlyOne && !random.chance(this.careless) ? 1 : 1 + random.below(depth === 0 ? 4 : 3);
    const selections = [];
    for (let i = 0; i < count; i++) selections.push(this.selection(type, depth, onlyOne));
    return `{ ${selections.join(random.chance(0.2) ? ', ' : ' ')} }`;
  }

  selection(type, depth, onlyOne) {
    const { random } = this;
    this.budget--;
    if (depth < 5 && this.budget > 0 && !onlyOne) {
      if (random.chance(0.12)) return this.inline(type, depth);
      if (random.chance(0.12)) return this.spread(type, depth);
    }

    if (random.chance(this.careless)) return `unknown${this.directives('FIELD')}`;
    if (isAbstractType(type) && random.chance(0.3)) return '__typename';
    if (this.introspects && type === this.schema.getQueryType() && random.chance(0.6)) return this.introspection();
    return this.field(type, depth, onlyOne);
  }

  introspection() {
    const { random, schema } = this;
    const name = random.pick(Object.keys(schema.getTypeMap()));
    const field = random.chance(0.4) ? '__schema' : `__type(name: ${random.chance(0.9) ? `"${name}"` : '"Nobody"'})`;
    const type = schema.getType(field === '__schema' ? '__Schema' : '__Type');
    return `i${this.budget}: ${field} ${this.selections(type, 1)}`;
  }

  field(type, depth, noConditions) {
    const { random } = this;
    // What the built-in types say about themselves is in everybody's own words.
    const fields = ('getFields' in type ? Object.values(type.getFields()) : []).filter(
      field => !(type.name.startsWith('__') && field.name === 'description'),
    );
    const deep = depth > 4 || this.budget < 0;
    const leaves = fields.filter(field => !isCompositeType(getNamedType(field.type)));
    const pool = deep && leaves.length ? leaves : fields;
    if (pool.length === 0 || random.chance(0.05))
      return noConditions ? '__typename' : `__typename${this.directives('FIELD')}`;
    if (deep && leaves.length === 0) return '__typename';

    const field = random.pick(pool);
    const args = this.arguments(field);
    const composite = isCompositeType(getNamedType(field.type));
    const alias = type.name.startsWith('__') && sets.has(field.name) ? '' : this.alias(field, args);
    const body =
      composite !== random.chance(this.careless / 3)
        ? ` ${this.selections(composite ? getNamedType(field.type) : type, depth + 1)}`
        : '';
    return `${alias}${field.name}${args}${this.directives('FIELD', !noConditions)}${body}`;
  }

  arguments(field) {
    const { random } = this;
    const given = field.args.filter(arg => isRequiredArgument(arg) !== random.chance(0.03) || random.chance(0.5));
    if (given.length === 0) return '';
    const printed = given.map(
      arg => `${arg.name}: ${this.value(arg.type, arg.defaultValue !== undefined || arg.default !== undefined)}`,
    );
    if (random.chance(this.careless)) printed.push('stranger: 1');
    return `(${printed.join(', ')})`;
  }

  /** An alias wherever the response name already means something else; nearly always. */
  alias(field, args) {
    const { random } = this;
    const meaning = `${field.name}${args}:${field.type}`;
    let name = random.chance(0.2) ? random.pick(aliases) : field.name;
    while ((this.meanings.get(name) ?? meaning) !== meaning && !random.chance(this.careless))
      name = `${name}${random.below(10)}`;
    this.meanings.set(name, meaning);
    return name === field.name ? '' : `${name}: `;
  }

  inline(type, depth) {
    const { random } = this;
    const condition = random.chance(0.3) ? undefined : this.overlapping(type);
    const on = condition ? ` on ${condition.name}` : '';
    return `...${on}${this.directives('INLINE_FRAGMENT')} ${this.selections(condition ?? type, depth + 1)}`;
  }

  spread(type, depth) {
    const { random } = this;
    const known = [...this.fragments].filter(
      ([name, fragment]) => this.usable.includes(name) && this.fits(type, fragment.type),
    );
    let name = known.length && random.chance(0.5) ? random.pick(known)[0] : undefined;
    if (!name) {
      name = `F${this.fragments.size}`;
      const condition = this.overlapping(type);
      const entry = { type: condition, text: '' };
      this.fragments.set(name, entry);
      const body = this.selections(condition, depth + 1);
      const described = random.chance(0.1) ? `${text(random)} ` : '';
      const head = `${described}fragment ${name} on ${condition.name}`;
      entry.text = `${head}${this.directives('FRAGMENT_DEFINITION')} ${body}`;
      this.usable.push(name);
    }

    if (random.chance(this.careless / 3)) name = random.pick(['Nobody', ...this.fragments.keys()]);
    return `...${name}${this.directives('FRAGMENT_SPREAD')}`;
  }

  overlapping(type) {
    const all = Object.values(this.schema.getTypeMap()).filter(
      candidate => isCompositeType(candidate) && !candidate.name.startsWith('__'),
    );
    const fitting = all.filter(candidate => this.fits(type, candidate));
    return fitting.length && !this.random.chance(this.careless)
      ? this.random.pick(fitting)
      : type.name.startsWith('__')
        ? type
        : this.random.pick(all);
  }

  fits(left, right) {
    const possible = type => (isObjectType(type) ? [type] : this.schema.getPossibleTypes(type));
    return left === right || possible(left).some(type => possible(right).includes(type));
  }

  directives(place, conditions = true) {
    const { random } = this;
    const used = [];
    const selects = ['FIELD', 'FRAGMENT_SPREAD', 'INLINE_FRAGMENT'].includes(place);
    if (selects && conditions && random.chance(0.08))
      used.push(`@${random.pick(['skip', 'include'])}(if: ${this.condition()})`);
    const custom = this.schema
      .getDirectives()
      .filter(one => /^d\d$/.test(one.name) && (one.locations.includes(place) || random.chance(0.01)));
    if (custom.length && random.chance(0.08)) {
      const directive = random.pick(custom);
      const once = () => `@${directive.name}${this.directiveArguments(directive, place)}`;
      used.push(once());
      if (directive.isRepeatable && random.chance(0.3)) used.push(once());
    }

    return used.map(directive => ` ${directive}`).join('');
  }

  directiveArguments(directive, place) {
    const constant = place === 'VARIABLE_DEFINITION';
    const given = directive.args.filter(arg => isRequiredArgument(arg) || this.random.chance(0.5));
    const value = arg => (constant ? literal(this.random, arg.type) : this.value(arg.type, arg.default !== undefined));
    return given.length ? `(${given.map(arg => `${arg.name}: ${value(arg)}`).join(', ')})` : '';
  }

  condition() {
    return this.random.chance(0.5)
      ? String(this.random.chance(0.5))
      : `$${this.variable({ toString: () => 'Boolean!' }, false) ?? 'missing'}`;
  }

  value(type, hasDefault) {
    return literal(this.random, type, {
      variable: (expected, known) => this.variable(expected, known),
      hasDefault,
      wrong: this.careless,
    });
  }

  /** The name of a variable that may stand where the type is expected; now and then one that may not. */
  variable(type, hasDefault) {
    const { random } = this;
    if (isNonNullType(type) || isListType(type) || 'name' in type) {
      if (!isInputType(type)) return undefined;
    }

    const wanted = String(type);
    const fitting = [...this.variables].filter(
      ([, known]) => known.type === wanted || known.type === `${wanted}!` || random.chance(this.careless),
    );
    if (fitting.length && random.chance(0.4)) return random.pick(fitting)[0];
    if (this.variables.size > 6) return undefined;

    const name = `v${this.variables.size}`;
    this.variables.set(name, this.definition(type, wanted, hasDefault));
    return name;
  }

  definition(type, wanted, hasDefault) {
    const { random } = this;
    const initial = of =>
      of instanceof Object && isInputType(of)
        ? literal(random, of, { wrong: this.careless / 2 })
        : String(random.chance(0.5));
    if (wanted.endsWith('!')) {
      if (random.chance(0.25)) {
        const value = initial(isNonNullType(type) ? type.ofType : type);
        return { type: wanted.slice(0, -1), initial: value === 'null' ? undefined : value };
      }

      return { type: hasDefault && random.chance(0.3) ? wanted.slice(0, -1) : wanted };
    }

    const exact = random.chance(0.8) ? wanted : `${wanted}!`;
    return {
      type: exact,
      initial: random.chance(0.3) ? (exact === wanted ? initial(type) : undefined) : undefined,
    };
  }
}
