// Passkeys. A form with data-passkey="address of the challenge" asks the device before it is sent.
const decode = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), char => char.charCodeAt(0));
const encode = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** The server's JSON with its base64 parts as bytes. */
function options(from, does) {
  const key = from.publicKey;
  key.challenge = decode(key.challenge);
  if (key.user) key.user.id = decode(key.user.id);
  for (const list of [key.excludeCredentials, key.allowCredentials]) for (const one of list ?? []) one.id = decode(one.id);
  return { publicKey: key, ...(does === "get" ? { mediation: "optional" } : {}) };
}

/** The device's answer as JSON. */
function answer(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = encode(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id, rawId: encode(credential.rawId), type: credential.type, response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const does = form.dataset.passkeyDoes, error = form.querySelector("[data-passkey-error]");
  if (!window.PublicKeyCredential) {
    form.querySelector("[data-passkey-none]")?.removeAttribute("hidden");
    continue;
  }
  form.hidden = false;
  form.addEventListener("submit", async event => {
    if (form.elements.credential.value) return;
    event.preventDefault();
    error.hidden = true;
    const button = form.querySelector("button");
    try {
      const begun = await fetch(form.dataset.passkey, {
        method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      });
      if (!begun.ok) throw new Error(begun.status);
      form.elements.credential.value = answer(await navigator.credentials[does](options(await begun.json(), does)));
      form.submit();
    } catch {
      error.hidden = false;
      error.setAttribute("role", "alert");
      delete form.dataset.sending;
      button.removeAttribute("aria-busy");
      button.focus();
    }
  }, { capture: true });
}
