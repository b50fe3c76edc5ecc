// Small conveniences. Everything on the page works without them, except the live meeting's own refresh.
const live = document.getElementById("live");

/** Say something to screen readers in the page's one live region. */
export function announce(words) {
  if (!live || !words) return;
  live.textContent = "";
  setTimeout(() => { live.textContent = words; }, 50);
}

/** Show a short message that stays until it is closed. */
export function toast(words) {
  const place = document.querySelector("[data-toasts]");
  if (!place || !words) return;
  const box = document.createElement("p"), text = document.createElement("span"), close = document.createElement("button");
  box.className = "toast"; text.textContent = words;
  close.className = "tool"; close.type = "button"; close.textContent = live?.dataset.close || "×";
  close.onclick = () => box.remove();
  box.append(text, close); place.replaceChildren(box); announce(words);
}

const on = (type, act) => document.addEventListener(type, act);
// The server may say so in the header HX-Trigger: {"announce": "Saved"} or {"toast": "Sent"}.
on("announce", event => announce(event.detail.value ?? event.detail));
on("toast", event => toast(event.detail.value ?? event.detail));

// Dialogs: <button data-dialog="id"> opens <dialog id>; closing gives the focus back to the button.
on("click", event => {
  const opener = event.target.closest?.("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog?.showModal) { event.preventDefault(); dialog.showModal(); dialog.querySelector("[data-safe]")?.focus(); }
  if (event.target.closest?.("[data-shut]")) event.target.closest("dialog")?.close();
  const copy = event.target.closest?.("[data-copy]");
  if (copy) navigator.clipboard?.writeText(document.getElementById(copy.dataset.copy)?.textContent.trim() ?? "").then(() => announce(copy.dataset.copied));
  if (event.target.closest?.("[data-print]")) print();
  for (const menu of document.querySelectorAll("[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});
on("keydown", event => {
  const menu = event.key === "Escape" && document.querySelector("[data-menu][open]");
  if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
});

// A form is sent once: the pressed button says that it is busy.
on("submit", event => {
  const form = event.target, button = event.submitter;
  if (form.method === "dialog") return;
  if (form.dataset.sending) { event.preventDefault(); return; }
  if (form.hasAttribute("data-hx-post") || form.hasAttribute("hx-post")) return;
  form.dataset.sending = "1";
  button?.setAttribute("aria-busy", "true");
  if (button) button.dataset.busy = "";
  try {
    if (form.hasAttribute("data-forget")) forget();
    else {
      sessionStorage.setItem("sent", JSON.stringify(fields(form).map(keyOf)));
      sessionStorage.setItem("sent-texts", JSON.stringify([...form.querySelectorAll("textarea")].map(textOf).filter(Boolean)));
    }
  } catch { /* no storage */ }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sending]")) delete form.dataset.sending;
  for (const button of document.querySelectorAll("[data-busy]")) { button.removeAttribute("aria-busy"); delete button.dataset.busy; }
});

// Drafts: <textarea data-draft="key">, or <form data-keep="key"> for all its long fields, keep their words on the
// device until they have been sent.
const kept = key => "draft:" + key;
const keyOf = field => field.dataset.draft ?? (field.form?.dataset.keep && field.localName === "textarea" ? field.form.dataset.keep + ":" + field.name : "");
const fields = root => [...root.querySelectorAll?.("[data-draft], form[data-keep] textarea") ?? []].concat(root.matches?.("form[data-keep]") ? [...root.querySelectorAll("textarea")] : []);
function drafts(root) {
  try {
    for (const field of fields(root)) if (!field.value) field.value = localStorage.getItem(kept(keyOf(field))) ?? "";
  } catch { /* no storage, no drafts */ }
}
on("input", event => {
  const key = event.target.dataset && keyOf(event.target);
  try { if (key) event.target.value ? localStorage.setItem(kept(key), event.target.value) : localStorage.removeItem(kept(key)); } catch { /* as above */ }
});
// Every other long text of a form that posts is kept in this tab only: "Back" brings a page without what was half
// written in it. It comes back when what the server put into the field is the same as it was then.
const textOf = field => field.name && field.form?.method === "post" && !keyOf(field) && !field.closest("[data-pulse]") ? `text:${location.pathname}:${field.form.getAttribute("action") ?? ""}:${field.name}` : "";
function texts(root) {
  for (const field of root.querySelectorAll?.("form textarea") ?? []) try {
    const [was, now] = JSON.parse(sessionStorage.getItem(textOf(field)) ?? "[]");
    if (now !== undefined && was === field.defaultValue && field.value === was) field.value = now;
  } catch { /* as above */ }
}
on("input", ({ target: field }) => {
  const key = field.localName === "textarea" && textOf(field);
  try { if (key) field.value === field.defaultValue ? sessionStorage.removeItem(key) : sessionStorage.setItem(key, JSON.stringify([field.defaultValue, field.value])); } catch { /* as above */ }
});
// Signing out leaves nothing half written on the device (the server says Clear-Site-Data too, where it is heard).
function forget() {
  sessionStorage.clear();
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
}
/** Forget a draft, when its words have arrived. */
export function arrived(key) { try { localStorage.removeItem(kept(key)); } catch { /* as above */ } }
try {
  const sent = JSON.parse(sessionStorage.getItem("sent") ?? "[]");
  // Sent and not shown again with errors: it has arrived.
  const texts = JSON.parse(sessionStorage.getItem("sent-texts") ?? "[]");
  if (!document.querySelector("[data-summary], [aria-invalid=true], [data-refusal]")) {
    sent.forEach(arrived);
    texts.forEach(key => sessionStorage.removeItem(key));
  }
  for (const key of ["sent", "sent-texts"]) sessionStorage.removeItem(key);
} catch { /* as above */ }
drafts(document);
texts(document);

// The strip that tells of a lost connection. The words are put in anew so that they are spoken.
const strip = document.querySelector("[data-offline]");
const line = () => { const words = strip?.firstElementChild; if (words) words.hidden = navigator.onLine; };
addEventListener("offline", line); addEventListener("online", line); line();

// Errors first: the summary, or the first field that failed.
function errors(root) { (root.querySelector?.("[data-summary]") ?? root.querySelector?.("[aria-invalid=true]"))?.focus(); }
// A page that answers 200 may show a failed form as an example, and takes no focus.
if (performance.getEntriesByType("navigation")[0]?.responseStatus !== 200) errors(document);

// htmx: new parts get their drafts and errors; the focus goes where the part says, and nowhere else.
on("htmx:afterSwap", event => {
  const part = event.detail.elt ?? event.target;
  drafts(part); texts(part); errors(part);
  part.querySelector?.("[data-focus]")?.focus();
});
// What the server could not do at all (the refusals bring their own words).
on("htmx:responseError", () => toast(live?.dataset.failed));
on("htmx:sendError", () => { if (strip) strip.firstElementChild.hidden = false; });
on("htmx:afterRequest", event => {
  if (!event.detail.successful) return;
  if (strip && navigator.onLine) strip.firstElementChild.hidden = true;
  if (event.detail.requestConfig?.verb !== "get") fields(event.detail.elt).forEach(field => arrived(keyOf(field)));
});
