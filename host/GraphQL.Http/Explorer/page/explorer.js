// Sends what is in the form and shows the answer. Nothing here makes markup of text.
import { Docs } from './docs.js';

const texts = JSON.parse(document.body.dataset.texts);
const endpoint = document.body.dataset.endpoint;
const part = id => document.getElementById(id);
const kept = ['query', 'variables', 'operation']; // Headers hold tokens: they are not kept.

for (const id of kept) {
  const before = sessionStorage.getItem(`explorer.${id}`);
  if (before !== null) part(id).value = before;
  part(id).addEventListener('input', () => sessionStorage.setItem(`explorer.${id}`, part(id).value));
}

part('request').addEventListener('submit', event => {
  event.preventDefault();
  run();
});

document.addEventListener('keydown', event => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && part('request').contains(event.target)) {
    event.preventDefault();
    run();
  }
});

const docs = new Docs(document, texts, query => ask({ query }));
part('load').addEventListener('click', () => docs.load());

async function run() {
  const button = part('request').querySelector('button');
  if (button.disabled) return;
  button.disabled = true;
  part('status').textContent = texts.running;
  try {
    const began = performance.now();
    const { status, text, answer } = await ask(requestOfForm());
    const took = Math.round(performance.now() - began);
    part('response').textContent = answer === undefined ? text : JSON.stringify(answer, null, 2);
    const outcome = answer === undefined || answer.errors ? texts.withErrors : texts.done;
    part('status').textContent = `${outcome} ${status}, ${took} ms`;
  } catch (problem) {
    part('response').textContent = '';
    part('status').textContent = problem.message;
  } finally {
    button.disabled = false;
  }
}

function requestOfForm() {
  const request = { query: part('query').value };
  const operationName = part('operation').value.trim();
  if (operationName) request.operationName = operationName;
  if (part('variables').value.trim()) request.variables = variablesOfForm();
  return request;
}

function variablesOfForm() {
  try {
    return JSON.parse(part('variables').value);
  } catch {
    throw new Error(texts.variablesNotJson);
  }
}

async function ask(request) {
  const headers = new Headers({
    'Accept': 'application/graphql-response+json, application/json;q=0.9',
    'Content-Type': 'application/json',
  });
  for (const line of part('headers').value.split('\n').filter(line => line.trim())) {
    const colon = line.indexOf(':');
    if (colon < 1) throw new Error(texts.headersWrong);
    headers.set(line.slice(0, colon).trim(), line.slice(colon + 1).trim());
  }

  let response;
  try {
    response = await fetch(endpoint, { method: 'POST', headers, body: JSON.stringify(request) });
  } catch {
    throw new Error(texts.noAnswer);
  }

  const text = await response.text();
  return { status: response.status, text, answer: parsed(text) };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
