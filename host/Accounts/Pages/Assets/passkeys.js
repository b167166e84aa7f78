// Passkeys need a browser's script; everything else on these pages does without.
"use strict";

async function post(address, form, body) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Form-Token": form.elements.formToken.value },
    body: body ?? "{}",
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

async function run(form) {
  const options = await post(form.dataset.options, form);
  const credential = form.dataset.kind === "add"
    ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  const done = await post(form.action, form, JSON.stringify(credential));
  location.assign(done.next);
}

for (const form of document.querySelectorAll("form[data-options]")) {
  form.hidden = !window.PublicKeyCredential?.parseCreationOptionsFromJSON;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form).catch(() => { form.querySelector("[role=alert]").hidden = false; });
  });
}
