// The schema as pages: a list of types, and one type at a time at the address #type-Name.
const typeRef = `kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType {
  kind name } } } } }`;
const value = `name description defaultValue type { ${typeRef} }`;
const introspection = `{
  __schema {
    queryType { name } mutationType { name } subscriptionType { name }
    types {
      kind name description specifiedByURL isOneOf
      fields(includeDeprecated: true) {
        name description isDeprecated deprecationReason type { ${typeRef} } args { ${value} }
      }
      inputFields { ${value} }
      enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
      interfaces { name }
      possibleTypes { name }
    }
  }
}`;

export class Docs {
  #document;
  #texts;
  #ask;
  #types = new Map();
  #roots = [];

  constructor(document, texts, ask) {
    this.#document = document;
    this.#texts = texts;
    this.#ask = ask;
    document.defaultView.addEventListener('hashchange', () => this.#show(true));
    this.#part('search').addEventListener('input', () => this.#list());
  }

  async load() {
    const status = this.#part('docs-status');
    status.textContent = this.#texts.loading;
    try {
      const { answer } = await this.#ask(introspection);
      if (!answer?.data) throw new Error(answer?.errors?.[0]?.message ?? this.#texts.noDocs);
      this.#take(answer.data.__schema);
      status.textContent = this.#texts.typesFound.replace('{count}', this.#types.size);
      this.#part('browser').hidden = false;
      this.#list();
      this.#show(false);
    } catch (problem) {
      status.textContent = problem.message;
    }
  }

  #take(schema) {
    this.#roots = [schema.queryType, schema.mutationType, schema.subscriptionType]
      .filter(Boolean).map(type => type.name);
    const shown = schema.types.filter(type => !type.name.startsWith('__'));
    const rank = type => (this.#roots.indexOf(type.name) + this.#roots.length + 1) % (this.#roots.length + 1);
    const roots = shown.filter(type => this.#roots.includes(type.name)).sort((a, b) => rank(a) - rank(b));
    const others = shown.filter(type => !this.#roots.includes(type.name));
    others.sort((a, b) => a.name.localeCompare(b.name, 'en'));
    this.#types = new Map([...roots, ...others].map(type => [type.name, type]));
  }

  #list() {
    const wanted = this.#part('search').value.trim().toLowerCase();
    const found = [...this.#types.values()].filter(type => this.#matches(type, wanted));
    this.#part('types').replaceChildren(...found.map(type => this.#make('li', this.#link(type.name))));
  }

  #matches(type, wanted) {
    return [type, ...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])]
      .some(({ name }) => name.toLowerCase().includes(wanted));
  }

  #show(isFocused) {
    const name = this.#document.defaultView.location.hash.replace(/^#type-/, '');
    const type = this.#types.get(name) ?? this.#types.get(this.#roots[0]);
    if (!type) return;
    const article = this.#part('type');
    article.replaceChildren(...this.#describe(type));
    if (isFocused) article.focus();
  }

  #describe(type) {
    const { fields, args: inputs, values, implemented, possible } = this.#texts;
    return [
      this.#make('h3', `${this.#texts.kinds[type.kind]} ${type.name}`),
      this.#text(type.description),
      type.isOneOf ? this.#text(this.#texts.oneOf) : '',
      this.#text(type.specifiedByURL),
      ...this.#names(implemented, type.interfaces),
      ...this.#names(possible, type.possibleTypes),
      ...this.#members(fields, type.fields),
      ...this.#members(inputs, type.inputFields),
      ...this.#members(values, type.enumValues),
    ];
  }

  #names(title, types) {
    if (!types?.length) return [];
    return [this.#make('h3', title), this.#make('p', ...types.flatMap(({ name }) => [this.#link(name), ' ']))];
  }

  #members(title, members) {
    if (!members?.length) return [];
    const list = this.#make('dl');
    for (const member of members) {
      list.append(this.#make('dt', this.#signature(member)));
      const details = [this.#text(member.description)];
      if (member.isDeprecated) details.push(this.#text(`${this.#texts.deprecated} ${member.deprecationReason}`));
      for (const arg of member.args ?? []) {
        details.push(this.#make('p', this.#signature(arg), arg.description ? ` – ${arg.description}` : ''));
      }

      list.append(this.#make('dd', ...details));
    }

    return [this.#make('h3', title), list];
  }

  #signature({ name, type, defaultValue }) {
    const code = this.#make('code', name);
    if (type) code.append(': ', ...this.#typeOf(type));
    if (defaultValue != null) code.append(` = ${defaultValue}`);
    return code;
  }

  #typeOf(type) {
    if (type.kind === 'NON_NULL') return [...this.#typeOf(type.ofType), '!'];
    if (type.kind === 'LIST') return ['[', ...this.#typeOf(type.ofType), ']'];
    return [this.#link(type.name)];
  }

  #link(name) {
    const link = this.#make('a', name);
    link.href = `#type-${name}`;
    return link;
  }

  #text(text) {
    if (!text) return '';
    const paragraph = this.#make('p', text);
    paragraph.className = 'soft';
    return paragraph;
  }

  #make(name, ...content) {
    const element = this.#document.createElement(name);
    element.append(...content);
    return element;
  }

  #part(id) {
    return this.#document.getElementById(id);
  }
}
